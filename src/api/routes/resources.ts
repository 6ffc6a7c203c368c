import { silent } from '../../base/index.ts';
import { memberIds, memberOf } from '../../collections/index.ts';
import { deleteResources, getResource, listResources } from '../../inventory/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';
import { spool } from './spool.ts';

/** Devices and users of the inventory. */
export const resourceHandlers = {
  async importResources({ query, body, identity, signal }, { engine, dataDir }) {
    const file = await spool(body, dataDir, signal);
    return await engine.submit({ kind: 'import', arguments: { file, ...query } }, identity.name);
  },
  async listResources({ query, visible }, { store }) {
    const page = await listResources(store, {
      ...query,
      among: visible && memberIds(store, visible),
    });
    const counted = page.total === undefined ? {} : { total: page.total };
    return { items: page.resources, next: page.next, ...counted };
  },
  async getResource({ params, query, visible }, { store }) {
    return await getResource(store, params.ref, query.type, visible && memberOf(store, visible));
  },
  async deleteResource({ params, query, signal }, { store, clock }) {
    const { id } = await getResource(store, params.ref, query.type);
    await deleteResources(store, [id], { clock, report: silent, signal });
  },
} satisfies Partial<RouteHandlers>;
