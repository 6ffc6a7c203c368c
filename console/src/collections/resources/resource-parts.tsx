import { Link, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { Resource } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';
import { Facts } from '../../parts/facts.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { addressOf } from '../../shell/place.ts';
import { useTenants } from '../cloud-sync/data.ts';

type Value = Resource['properties'][string];

const useStyles = makeStyles({
  classes: { display: 'grid', gap: tokens.spacingVerticalM },
  table: {
    borderCollapse: 'collapse',
    fontSize: tokens.fontSizeBase200,
    '& th, & td': {
      padding: `2px ${tokens.spacingHorizontalM} 2px 0`,
      textAlign: 'left',
      whiteSpace: 'nowrap',
    },
    '& th': { color: tokens.colorNeutralForeground2 },
  },
});

const textOf = (value: Value | undefined): string =>
  Array.isArray(value)
    ? value.map(String).join(', ')
    : value === null || value === undefined
      ? ''
      : String(value);

/** The named properties of a resource, and what it is known by. */
export function Properties({ resource }: { resource: Resource }) {
  return (
    <Facts
      of={[
        ['Resource ID', String(resource.id)],
        ['Source', resource.source],
        ['External ID', resource.externalId],
        ...(resource.type === 'user'
          ? ([['User principal name', resource.userPrincipalName]] as const)
          : ([] as const)),
        ...Object.entries(resource.properties).map(([name, value]) => [name, textOf(value)] as const),
      ]}
    />
  );
}

/** The inventory rows of a resource, a table a class. */
export function Inventory({ resource }: { resource: Resource }) {
  const styles = useStyles();
  const classes = Object.entries(resource.inventory);
  if (classes.length === 0) return <Text>It has no inventory.</Text>;
  return (
    <div className={styles.classes}>
      {classes.map(([name, rows]) => {
        const properties = [...new Set(rows.flatMap(row => Object.keys(row)))];
        const keyed = rows.map((row, index) => ({ row, key: `${name}/${index}` }));
        return (
          <div key={name}>
            <Text weight="semibold">{name}</Text>
            <table className={styles.table}>
              <thead>
                <tr>
                  {properties.map(property => (
                    <th key={property} scope="col">
                      {property}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {keyed.map(({ row, key }) => (
                  <tr key={key}>
                    {properties.map(property => (
                      <td key={property}>{textOf(row[property])}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        );
      })}
    </div>
  );
}

/** Which Entra object the resource is, in each tenant. */
export function Identity({ resource }: { resource: Resource }) {
  const tenants = useTenants();
  const of = (id: number) => resource.identities.find(each => each.cloudServiceId === id)?.objectId;
  return (
    <Facts
      of={[
        resource.type === 'device'
          ? ['Entra device ID', resource.entraDeviceId]
          : ['Entra user ID', resource.entraUserId],
        ['On-premises SID', resource.onPremisesSid],
        ...(tenants.data ?? []).map(
          tenant => [`Object in ${tenant.name}`, of(tenant.id) ?? 'Not in Entra'] as const,
        ),
      ]}
    />
  );
}

/** The collections that the resource is a member of. */
export function ListCollections({ resource }: { resource: Resource }) {
  const { data, error } = useQuery({
    queryKey: ['resource', resource.id, 'collections'],
    queryFn: ({ signal }) =>
      api.call('listCollections', { query: { member: resource.id, limit: 1_000 } }, signal),
  });
  if (error) return <ProblemBar error={error} />;
  if (!data) return <Spinner label="Reading the collections" />;
  if (data.items.length === 0) return <Text>It is in no collection.</Text>;
  return (
    <ul style={{ margin: 0, paddingLeft: 20 }} aria-label="Collections">
      {data.items.map(each => (
        <li key={each.id}>
          <Link href={addressOf(`/assets/${resource.type}-collections`, { collection: each.id })}>
            {each.name}
          </Link>{' '}
          ({each.id})
        </li>
      ))}
    </ul>
  );
}
