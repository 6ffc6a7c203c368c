import { MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleRegular, DismissCircleRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { Explanation } from '../../../../src/api/contract/index.ts';

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyle: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
  },
  verdict: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  icon: { flexShrink: 0, fontSize: '20px', lineHeight: 0 },
  yes: { color: tokens.colorStatusSuccessForeground1 },
  no: { color: tokens.colorStatusDangerForeground1 },
  below: { margin: `${tokens.spacingVerticalXS} 0 0`, paddingLeft: tokens.spacingHorizontalL },
  code: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
});

type Rule = Explanation['rules'][number];
type Condition = NonNullable<Rule['conditions']>[number];

/** The verdict in a sentence, then each rule with what it says, then what limits and what excludes. */
export function Explained({ why }: { why: Explanation }) {
  const styles = useStyles();
  return (
    <>
      <MessageBar intent={why.belongs ? 'success' : 'info'} layout="multiline">
        <MessageBarBody>{why.summary}</MessageBarBody>
      </MessageBar>
      <ul className={styles.list} aria-label="What decides">
        {why.rules.map(rule => (
          <Verdict key={rule.id} holds={rule.holds} yes="Lets it in" no="Does not let it in">
            {rule.kind} rule <b>{rule.name}</b>
            <RuleDetail rule={rule} />
          </Verdict>
        ))}
        {why.limiting && (
          <Verdict holds={why.limiting.member} yes="It is in" no="It is not in">
            limiting collection <b>{why.limiting.name}</b>
          </Verdict>
        )}
        {why.excluded.map(each => (
          <Verdict key={each.id} holds={!each.member} yes="It is not in" no="It is in">
            excluded collection <b>{each.name}</b>
          </Verdict>
        ))}
        {why.rules.length === 0 && <li>The collection has no rule that could let anything in.</li>}
      </ul>
    </>
  );
}

function Verdict({
  holds,
  yes,
  no,
  children,
}: {
  holds: boolean;
  yes: string;
  no: string;
  children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <li className={styles.verdict}>
      <span className={`${styles.icon} ${holds ? styles.yes : styles.no}`} aria-hidden>
        {holds ? <CheckmarkCircleRegular /> : <DismissCircleRegular />}
      </span>
      <div>
        <Text weight="semibold">{holds ? yes : no}:</Text> {children}
      </div>
    </li>
  );
}

function RuleDetail({ rule }: { rule: Rule }) {
  const styles = useStyles();
  if (!rule.conditions?.length) return rule.detail ? <div>{rule.detail}</div> : null;
  return (
    <ul className={styles.below}>
      {rule.conditions.map(condition => (
        <li key={`${condition.line}:${condition.column}`}>
          {condition.met ? 'Met' : 'Not met'}: <span className={styles.code}>{condition.text}</span>
          {condition.found.map(found => (
            <div key={`${found.class}.${found.property}`}>
              {found.property} is {valuesText(found.values)}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}

function valuesText(values: Condition['found'][number]['values']): string {
  if (values.length === 0) return 'not there';
  const shown = values.slice(0, 5).map(value => JSON.stringify(value));
  return values.length > 5 ? `${shown.join(', ')} and ${values.length - 5} more` : shown.join(', ');
}
