import {
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { CheckedMapping } from '../../../../src/api/contract/index.ts';

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyle: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    minHeight: '120px',
  },
  group: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
});

/** What would come of each mapping: refused, with warnings, or without any. */
export function MappingReview({ pending, checks }: { pending: boolean; checks: readonly CheckedMapping[] }) {
  const styles = useStyles();
  if (pending) return <Spinner label="Looking at the groups and their members" style={{ minHeight: 120 }} />;
  return (
    <ul className={styles.list} aria-label="What would come of it">
      {checks.map(({ group, refused, warnings }) => (
        <li key={group.id} className={styles.group}>
          <Text weight="semibold">{group.displayName}</Text>
          {refused && (
            <MessageBar intent="error" layout="multiline">
              <MessageBarBody>
                <MessageBarTitle>{refused.message}</MessageBarTitle>
                {refused.hint}
              </MessageBarBody>
            </MessageBar>
          )}
          {warnings.map(warning => (
            <MessageBar key={warning} intent="warning" layout="multiline">
              <MessageBarBody>{warning}</MessageBarBody>
            </MessageBar>
          ))}
          {!refused && warnings.length === 0 && (
            <MessageBar intent="success">
              <MessageBarBody>Nothing speaks against it.</MessageBarBody>
            </MessageBar>
          )}
        </li>
      ))}
    </ul>
  );
}
