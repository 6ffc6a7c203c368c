import { makeStyles, Tab, TabList } from '@fluentui/react-components';
import { type ReactNode, useId } from 'react';

const useStyles = makeStyles({
  tabs: { flexShrink: 0, flexWrap: 'wrap' },
  panel: {
    flexGrow: 1,
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
  },
});

/** Tabs over one panel that shows what the chosen tab is about. */
export function Tabs<T extends string>({
  label,
  tabs,
  value,
  onChange,
  children,
}: {
  label: string;
  tabs: readonly { value: T; title: string }[];
  value: T;
  onChange: (value: T) => void;
  children: ReactNode;
}) {
  const styles = useStyles();
  const id = useId();
  return (
    <>
      <TabList
        aria-label={label}
        size="small"
        className={styles.tabs}
        selectedValue={value}
        onTabSelect={(_, tab) => onChange(tab.value as T)}
      >
        {tabs.map(tab => (
          <Tab
            key={tab.value}
            id={`${id}-${tab.value.replaceAll(' ', '-')}`}
            value={tab.value}
            aria-controls={tab.value === value ? `${id}-panel` : undefined}
          >
            {tab.title}
          </Tab>
        ))}
      </TabList>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${value.replaceAll(' ', '-')}`}
        className={styles.panel}
      >
        {children}
      </div>
    </>
  );
}
