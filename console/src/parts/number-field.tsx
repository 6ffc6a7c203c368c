import { Field, Input } from '@fluentui/react-components';

/** A field for a whole number within limits. */
export function NumberField({
  label,
  hint,
  unit,
  value,
  min,
  max,
  disabled = false,
  onChange,
}: {
  label: string;
  hint?: string;
  unit?: string;
  value: string;
  min: number;
  max: number;
  disabled?: boolean;
  onChange: (value: string) => void;
}) {
  const wrong = isWithin(value, min, max) ? {} : wrongNumber(min, max);
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })} {...wrong}>
      <Input
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        step={1}
        disabled={disabled}
        value={value}
        style={{ width: '160px' }}
        onChange={(_, data) => onChange(data.value)}
        {...(unit === undefined ? {} : { contentAfter: unit })}
      />
    </Field>
  );
}

/** Whether a text is a whole number from min to max. */
export function isWithin(text: string, min: number, max: number): boolean {
  return /^\d+$/.test(text.trim()) && Number(text) >= min && Number(text) <= max;
}

function wrongNumber(min: number, max: number) {
  const validationMessage = `A whole number from ${min.toLocaleString()} to ${max.toLocaleString()}.`;
  return { validationState: 'error', validationMessage } as const;
}
