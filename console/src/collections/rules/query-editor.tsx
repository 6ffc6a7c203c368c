import { Button, Field, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { PlayRegular } from '@fluentui/react-icons';
import { lazy, Suspense, useDeferredValue } from 'react';
import type { Preview, ResourceType, WqlCheck } from '../../../../src/api/contract/index.ts';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { usePreview, useWqlCheck, useWqlClasses } from './data.ts';

// A large part of the console, and only who writes queries needs it.
const Editor = lazy(() => import('../wql/editor.tsx'));

const useStyles = makeStyles({
  preview: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
  found: {
    height: '130px',
    overflow: 'auto',
    margin: 0,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    listStyle: 'none',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    columnWidth: '180px',
  },
});

/** A WQL editor: completes and checks as one types, and shows on demand what the query finds. */
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
  const classes = useWqlClasses();
  const checked = useWqlCheck(useDeferredValue(query)).data;
  const preview = usePreview();
  // What is said of an older text is no longer true of this one, and its places would be wrong.
  const check = checked?.query === query ? checked.check : null;
  const mistakes = check ? (check.errors.length > 0 ? check.errors : check.ruleErrors) : [];
  return (
    <>
      <Suspense fallback={<Spinner label="Opening the editor" />}>
        <Field
          label="Query (WQL)"
          hint="Ctrl+Space offers classes and properties."
          {...validation(check, mistakes)}
        >
          <Editor
            label="Query (WQL)"
            value={query}
            onChange={onChange}
            classes={classes.data ?? []}
            mistakes={mistakes}
            type={type}
          />
        </Field>
      </Suspense>
      <div className={styles.preview}>
        <Button
          size="small"
          icon={preview.isPending ? <Spinner size="tiny" /> : <PlayRegular />}
          disabledFocusable={preview.isPending || query.trim() === '' || (check?.errors.length ?? 0) > 0}
          onClick={() => preview.mutate({ type, query })}
        >
          Preview
        </Button>
        <Text role="status">{preview.data ? summaryOf(preview.data) : ''}</Text>
      </div>
      {preview.error && <ProblemBar error={preview.error} />}
      {preview.data && preview.data.members.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it
        <ul className={styles.found} aria-label="What the query finds" tabIndex={0}>
          {preview.data.members.map(member => (
            <li key={member.resourceId}>{member.name}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function validation(check: WqlCheck | null, mistakes: WqlCheck['errors']) {
  const [first] = mistakes;
  if (first) {
    const validationMessage = `Line ${first.line}, column ${first.column}: ${first.message}${
      first.suggestion ? ` Did you mean ${first.suggestion}?` : ''
    }`;
    return { validationState: 'error', validationMessage } as const;
  }
  if (check) return { validationState: 'success', validationMessage: 'The query is sound.' } as const;
  return { validationState: 'none', validationMessage: 'Checking …' } as const;
}

function summaryOf(preview: Preview): string {
  const count = preview.count.toLocaleString();
  return `${count} found in ${Math.round(preview.elapsedMs)} ms${preview.truncated ? '; the first of them:' : ''}`;
}
