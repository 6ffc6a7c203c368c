import { Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { useResource } from './data.ts';
import { Identity, Inventory, ListCollections, Properties } from './resource-parts.tsx';

type Part = 'properties' | 'inventory' | 'identity' | 'collections';

/** All that is known of a resource: properties, inventory, which Entra object it is, its collections. */
export function ResourceDetails({ id }: { id: number }) {
  const [part, setPart] = useState<Part>('properties');
  const { data: resource, error } = useResource(id);
  if (error) return <ProblemBar error={error} />;
  if (!resource) return <Spinner label="Reading the resource" />;
  return (
    <Tabs<Part>
      label="About the resource"
      value={part}
      onChange={setPart}
      tabs={[
        { value: 'properties', title: 'Properties' },
        { value: 'inventory', title: `Inventory (${Object.keys(resource.inventory).length})` },
        { value: 'identity', title: 'Entra identity' },
        { value: 'collections', title: 'Collections' },
      ]}
    >
      <div
        role="region"
        aria-label={part}
        style={{ overflow: 'auto', flexGrow: 1, minHeight: 0 }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it
        tabIndex={0}
      >
        {part === 'properties' && <Properties resource={resource} />}
        {part === 'inventory' && <Inventory resource={resource} />}
        {part === 'identity' && <Identity resource={resource} />}
        {part === 'collections' && <ListCollections resource={resource} />}
      </div>
    </Tabs>
  );
}
