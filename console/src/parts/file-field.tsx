import { Button, Field, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useRef } from 'react';

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
  input: { display: 'none' },
});

/** A field for one file of the user's machine. */
export function FileField({
  label,
  hint,
  accept,
  name,
  onFile,
}: {
  label: string;
  hint?: string;
  /** Endings of the names that are offered, with dot and comma. */
  accept: string;
  /** Of the chosen file; null: none. */
  name: string | null;
  onFile: (file: File | null) => void;
}) {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      <div className={styles.row}>
        <Button onClick={() => input.current?.click()}>Choose file</Button>
        <Text>{name ?? 'None chosen'}</Text>
        <input
          ref={input}
          className={styles.input}
          type="file"
          accept={accept}
          aria-label={label}
          onChange={event => onFile(event.target.files?.[0] ?? null)}
        />
      </div>
    </Field>
  );
}
