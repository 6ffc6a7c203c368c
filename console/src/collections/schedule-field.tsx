import { Field, Input } from '@fluentui/react-components';

/** When a collection is evaluated in full, as a cron expression; empty: never by the clock. */
export function ScheduleField({
  value,
  onChange,
  disabled = false,
}: {
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
}) {
  return (
    <Field
      label="Full update schedule"
      hint="Minute, hour, day, month, weekday: 0 3 * * 0 is every Sunday at three. Empty: no full update by the clock."
    >
      <Input
        value={value}
        placeholder="0 3 * * 0"
        disabled={disabled}
        onChange={(_, data) => onChange(data.value)}
      />
    </Field>
  );
}
