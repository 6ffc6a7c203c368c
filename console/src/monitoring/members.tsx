import { Link, MenuItem, makeStyles, Text, tokens } from '@fluentui/react-components';
import { PersonSyncRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Mapping, MappingMember } from '../../../src/api/contract/index.ts';
import { csvAddress } from '../api/export.ts';
import { Action } from '../parts/action.tsx';
import { Grid } from '../parts/grid.tsx';
import { useKeptSort } from '../parts/kept.ts';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { useLack } from '../parts/role.ts';
import { sorted } from '../parts/sorted.ts';
import { type MemberStatus, useMembers } from './data.ts';
import { memberColumns } from './member-columns.ts';
import { MemberFacts } from './member-facts.tsx';
import { Push } from './push.tsx';
import { usePush } from './push-data.ts';

const useStyles = makeStyles({
  // Why a member failed stands beside the list where there is room, else below it.
  parts: {
    flexGrow: 1,
    minHeight: 0,
    display: 'flex',
    gap: tokens.spacingHorizontalS,
    '@media (max-width: 1180px)': { flexDirection: 'column' },
  },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalL },
});

const nobody: Record<MemberStatus, string> = {
  Success: 'No member has been synchronized yet.',
  Failed: 'No member has failed.',
  'In Progress': 'No member is under way.',
  'Not in Entra': 'Every member has an object in Microsoft Entra.',
};

/** The members of a mapped collection in one status; a failure is told in full when it is chosen. */
export function Members({
  mapping,
  status,
  total,
}: {
  mapping: Mapping;
  status: MemberStatus;
  total: number;
}) {
  const styles = useStyles();
  const [sort, setSort] = useKeptSort('members', { by: 'name', descending: false });
  const members = useMembers(mapping, status, sort, total);
  const [chosen, setChosen] = useState<MappingMember | null>(null);
  const [pushed, setPushed] = useState<MappingMember | null>(null);
  const push = usePush(mapping);
  const mayRun = useLack('pushMember');
  const start = (member: MappingMember) => {
    setPushed(member);
    push.mutate(member);
  };
  const { collectionId: collection, groupId: group } = mapping;
  return (
    <>
      <div className={styles.actions}>
        <Action
          size="small"
          icon={<PersonSyncRegular />}
          lack={mayRun ?? lackOf(chosen)}
          onClick={() => chosen && start(chosen)}
        >
          Synchronize this member now
        </Action>
        {total > 0 && (
          <Link
            href={csvAddress('listMappingMembers', { collection, group, status, ...sorted(sort) })}
            download
          >
            Export these members
          </Link>
        )}
      </div>
      {members.error && <ProblemBar error={members.error} />}
      {status === 'Not in Entra' && total > 0 && (
        <Text size={200}>
          These have no object in Microsoft Entra, so no group can hold them. They join by themselves once
          they appear there.
        </Text>
      )}
      <div className={styles.parts}>
        <Grid
          label={`Members, ${status}`}
          columns={memberColumns[status]}
          source={members}
          sort={sort}
          onSort={setSort}
          keyOf={keyOf}
          selected={chosen && keyOf(chosen)}
          onSelect={setChosen}
          menu={row => (
            <MenuItem disabled={mayRun !== undefined || lackOf(row) !== undefined} onClick={() => start(row)}>
              Synchronize this member now
            </MenuItem>
          )}
          empty={
            <Text block style={{ padding: 16 }}>
              {members.isPending ? 'Reading the members …' : nobody[status]}
            </Text>
          }
        />
        {chosen && status === 'Failed' && <MemberFacts member={chosen} />}
      </div>
      {pushed && <Push member={pushed} push={push} onClose={() => setPushed(null)} />}
    </>
  );
}

const keyOf = (row: MappingMember) => `${row.resourceId}/${row.objectId}`;

/** Why a member can not be synchronized by itself. */
function lackOf(member: MappingMember | null): string | undefined {
  if (member === null) return 'Select a member first.';
  return member.resourceId === null ? 'Rollcall has no resource of this member any more.' : undefined;
}
