import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular } from '@fluentui/react-icons';
import type { Overview } from '../../../src/api/contract/index.ts';
import { addressOf } from '../shell/place.ts';
import { Card } from './card.tsx';

const useStyles = makeStyles({
  steps: { margin: 0, padding: 0, listStyle: 'none', display: 'grid', gap: tokens.spacingVerticalM },
  step: { display: 'grid', gridTemplateColumns: '24px 1fr', alignItems: 'start' },
  icon: { fontSize: '20px', display: 'flex' },
});

// All Systems and All Users are there from the start.
const builtIn = 2;

/** Where nothing is synchronized yet: what to do first, and what of it is done. */
export function FirstSteps({ overview }: { overview: Overview }) {
  const styles = useStyles();
  const { tenants, collections } = overview;
  const steps = [
    {
      title: 'Connect your Microsoft Entra tenant',
      text: 'An app registration and its credential; the check says what is missing.',
      where: '/administration/tenants',
      isDone: tenants.length > 0,
    },
    {
      title: 'Make a collection',
      text: 'Rules over devices or users, whose members are to be in a group. Import an inventory, or let discovery bring it.',
      where: '/assets/device-collections',
      isDone: collections.devices + collections.users > builtIn,
    },
    {
      title: 'Choose its group',
      text: 'On the Cloud Sync tab of the collection. The first synchronization makes the group equal to the collection.',
      where: '/assets/device-collections',
      isDone: false,
    },
  ];
  return (
    <Card title="First steps">
      <ol className={styles.steps}>
        {steps.map(({ title, text, where, isDone }) => (
          <li key={title} className={styles.step}>
            <span className={styles.icon}>
              {isDone ? (
                <CheckmarkCircleFilled color={tokens.colorStatusSuccessForeground1} aria-label="Done" />
              ) : (
                <CircleRegular aria-label="To do" />
              )}
            </span>
            <div>
              <Link href={addressOf(where)}>{title}</Link>
              <Text block size={200}>
                {text}
              </Text>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
