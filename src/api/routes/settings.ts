import { getHistoryDays, setHistoryDays } from '../../collections/index.ts';
import { getAuditDays, setAuditDays } from '../../schedule/index.ts';
import type { Store } from '../../store/index.ts';
import type { Settings } from '../contract/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';

/** What is set for the whole site. */
export const settingHandlers = {
  async getSettings(_request, { store }) {
    return await settings(store);
  },
  async updateSettings({ body }, { store }) {
    if (body.historyDays !== undefined) await setHistoryDays(store, body.historyDays);
    if (body.auditDays !== undefined) await setAuditDays(store.db, body.auditDays);
    return await settings(store);
  },
} satisfies Partial<RouteHandlers>;

async function settings(store: Store): Promise<Settings> {
  return { historyDays: await getHistoryDays(store), auditDays: await getAuditDays(store.db) };
}
