import {
  ArrowClockwiseRegular,
  ArrowSyncRegular,
  DeleteRegular,
  SettingsRegular,
} from '@fluentui/react-icons';
import type { JSX } from 'react';
import type { CollectionSummary } from '../../../../src/api/contract/index.ts';
import { useLack } from '../../parts/role.ts';
import type { useCollectionWork } from '../work.ts';

/** Something that can be done with a collection, on the ribbon and in the menu of its row. */
export interface Deed {
  label: string;
  icon: JSX.Element;
  /** Why it can not be done with this collection, or with none. */
  lack: (collection: CollectionSummary | undefined) => string | undefined;
  /** It is being done with some collection. */
  pending?: boolean;
  run: (collection: CollectionSummary) => void;
}

/** What can be done with a collection, in the order of the ribbon. */
export function useDeeds({
  work,
  isMapped,
  open,
}: {
  work: ReturnType<typeof useCollectionWork>;
  /** Whether it feeds a group, as far as is known. */
  isMapped: (id: string) => boolean;
  open: (dialog: 'properties' | 'delete', collection: CollectionSummary) => void;
}): Deed[] {
  const mayChange = useLack('deleteCollection');
  const mayRun = useLack('evaluate');
  const none = (collection: CollectionSummary | undefined) =>
    collection ? undefined : 'Select a collection first.';
  const unmapped = (collection: CollectionSummary | undefined) =>
    collection && !isMapped(collection.id)
      ? 'It is mapped to no group yet: Properties, Cloud Sync.'
      : undefined;
  return [
    {
      label: 'Properties',
      icon: <SettingsRegular />,
      lack: none,
      run: collection => open('properties', collection),
    },
    {
      label: 'Update Membership',
      icon: <ArrowClockwiseRegular />,
      lack: collection => mayRun ?? none(collection),
      pending: work.update.isPending,
      run: collection => work.update.mutate(collection),
    },
    {
      label: 'Synchronize Membership',
      icon: <ArrowSyncRegular />,
      lack: collection => mayRun ?? none(collection) ?? unmapped(collection),
      pending: work.synchronize.isPending,
      run: collection => work.synchronize.mutate(collection),
    },
    {
      label: 'Delete',
      icon: <DeleteRegular />,
      lack: collection =>
        mayChange ??
        none(collection) ??
        (collection?.builtIn ? 'A built-in collection can not be deleted.' : undefined),
      run: collection => open('delete', collection),
    },
  ];
}
