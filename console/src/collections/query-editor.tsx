import { Button, Field, makeStyles, Text, Textarea, tokens } from '@fluentui/react-components';
import { PlayRegular } from '@fluentui/react-icons';
import { useDeferredValue } from 'react';
import type { Preview, ResourceType, WqlCheck } from '../../../src/api/contract/index.ts';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { usePreview, useWqlCheck } from './data.ts';

const useStyles = makeStyles({
  editor: { fontFamily: tokens.fontFamilyMonospace },
  preview: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
  found: { maxHeight: '140px', overflow: 'auto', margin: 0, paddingLeft: tokens.spacingHorizontalXL },
});

/** A WQL editor: checks as one types, and shows on demand what the query finds. */
export function QueryEditor({
  type,
  query,
  onChange,
}: {
  type: ResourceType;
  query: string;
  onChange: (query: string) => void;
}) {
  const styles = useStyles();
  const check = useWqlCheck(useDeferredValue(query)).data;
  const preview = usePreview();
  const mistake = mistakeOf(check ?? null);
  return (
    <>
      <Field
        label="Query (WQL)"
        validationState={mistake ? 'error' : check ? 'success' : 'none'}
        validationMessage={mistake ?? (check ? 'The query is sound.' : '')}
      >
        <Textarea
          className={styles.editor}
          rows={6}
          spellCheck={false}
          value={query}
          onChange={(_, data) => onChange(data.value)}
        />
      </Field>
      <div className={styles.preview}>
        <Button
          size="small"
          icon={<PlayRegular />}
          disabled={mistake !== null || preview.isPending}
          onClick={() => preview.mutate({ type, query })}
        >
          Preview
        </Button>
        {preview.data && <Text>{summaryOf(preview.data)}</Text>}
      </div>
      {preview.error && <ProblemBar error={preview.error} />}
      {preview.data && (
        <ul className={styles.found}>
          {preview.data.members.map(member => (
            <li key={member.resourceId}>{member.name}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function mistakeOf(check: WqlCheck | null): string | null {
  const first = check?.errors[0] ?? check?.ruleErrors[0];
  if (!first) return null;
  return `Line ${first.line}, column ${first.column}: ${first.message}`;
}

function summaryOf(preview: Preview): string {
  const count = preview.count.toLocaleString();
  return `${count} found in ${Math.round(preview.elapsedMs)} ms${preview.truncated ? '; the first of them:' : ''}`;
}
