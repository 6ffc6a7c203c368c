import { Switch, Tab, TabList } from '@fluentui/react-components';
import { type Span, spans } from './spans.ts';

/** Chooses the stretch of time that the activity is shown of, and whether as charts or as a table. */
export function SpanChoice({
  span,
  onSpan,
  asTable,
  onAsTable,
}: {
  span: Span;
  onSpan: (span: Span) => void;
  asTable: boolean;
  onAsTable: (asTable: boolean) => void;
}) {
  return (
    <>
      <TabList
        size="small"
        aria-label="Time"
        selectedValue={String(span.hours)}
        onTabSelect={(_, { value }) => {
          const next = spans.find(each => String(each.hours) === value);
          if (next) onSpan(next);
        }}
      >
        {spans.map(each => (
          <Tab key={each.hours} value={String(each.hours)}>
            {each.title}
          </Tab>
        ))}
      </TabList>
      <Switch label="As a table" checked={asTable} onChange={(_, { checked }) => onAsTable(checked)} />
    </>
  );
}
