import { getHistoryDays, setHistoryDays } from '../../collections/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';

/** What is set for the whole site. */
export const settingHandlers = {
  async getSettings(_request, { store }) {
    return { historyDays: await getHistoryDays(store) };
  },
  async updateSettings({ body }, { store }) {
    if (body.historyDays !== undefined) await setHistoryDays(store, body.historyDays);
    return { historyDays: await getHistoryDays(store) };
  },
} satisfies Partial<RouteHandlers>;
