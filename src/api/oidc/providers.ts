import type { Services } from '../services.ts';
import { openProvider, type Provider } from './provider.ts';
import { requireOidc, type StoredOidc } from './settings.ts';

/** How long what a provider says of itself is believed: it may change its keys and addresses. */
const keptMs = 60 * 60_000;

/** The provider of the settings, opened when it is needed and anew when they have changed. */
export class Providers {
  #open: { key: string; until: number; provider: Promise<Provider> } | undefined;

  /** @throws Problem `oidc-not-set`, or why the provider can not be reached */
  async get({ store, secrets, clock, env }: Pick<Services, 'store' | 'secrets' | 'clock' | 'env'>): Promise<{
    settings: StoredOidc;
    provider: Provider;
  }> {
    const settings = await requireOidc(store.db);
    const key = JSON.stringify(settings);
    const now = clock.now().getTime();
    if (this.#open?.key !== key || this.#open.until < now) {
      await this.close();
      this.#open = { key, until: now + keptMs, provider: openProvider(settings, secrets, env) };
    }
    const { provider } = this.#open;
    try {
      return { settings, provider: await provider };
    } catch (error) {
      if (this.#open?.provider === provider) this.#open = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    const before = this.#open;
    this.#open = undefined;
    await before?.provider.then(
      provider => provider.close(),
      () => {},
    );
  }
}
