import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { inOrder, setStage } from './stage.ts';
import { visit } from './visitor.ts';

const stage = setStage();

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

describe('the console', { timeout: 120_000 }, () => {
  it('lets nobody in with a wrong token, and says why, to screen readers too', async () => {
    const { page, complaints, barriers, screenshot } = await visit(stage.browser, stage.site.server);
    await page.addInitScript(() => {
      // What the browser tells a screen reader.
      const said: string[] = [];
      Object.assign(window, { said });
      Object.assign(Document.prototype, { ariaNotify: (text: string) => said.push(text) });
    });
    await page.reload();
    await page.getByRole('button', { name: 'Sign in with a token' }).click();
    await page.getByLabel('Token').fill('rollcall_wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('The token is wrong or has expired.').waitFor();
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said.join('\n'));
    expect(said).toContain('The token is wrong or has expired.');
    expect(await focused(page)).toBe('Sign in');
    await screenshot('sign-in-refused');
    expect(await barriers()).toEqual([]);
    // The browser itself notes the refusal; nothing else may be noted.
    expect(complaints.filter(line => !line.includes('401'))).toEqual([]);
    await page.close();
  });

  it('synchronizes a mapping by clicking, and shows status, counts and members', async () => {
    const visitor = await stage.open('/monitoring/device-collections');
    const { page } = visitor;
    await page.getByRole('gridcell', { name: 'Collection1' }).click();
    await page.getByRole('button', { name: 'Synchronize Membership' }).click();
    await page.getByRole('gridcell', { name: 'Success' }).waitFor();
    expect(stage.site.inGroup()).toEqual(['B', 'C']);

    const row = page.getByRole('grid').first().getByRole('row').nth(1);
    const cells = () => row.getByRole('gridcell').allTextContents();
    const counts = ['3', '2', '0', '0'];
    await expect
      .poll(cells)
      .toEqual([
        expect.stringMatching(/^[A-Z0-9]{8}$/),
        'Collection1',
        stage.site.groupId,
        ...['Group1', 'Success'],
        ...counts,
      ]);
    await page.getByRole('tab', { name: 'Success (2)' }).click();
    await page.getByRole('gridcell', { name: 'B', exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Not in Entra (1)' }).click();
    await page.getByRole('gridcell', { name: 'NotInEntra' }).waitFor();
    await inOrder(visitor, 'cloud-sync');
    await page.close();
  });

  it('shows what others change, says what it can not read, and asks for the sign-in when that has ended', async () => {
    const { page, complaints, goTo } = await stage.open('/assets/device-collections');
    await expect.poll(() => page.title()).toBe('Device Collections – Rollcall');
    await page.getByRole('gridcell', { name: 'Collection1' }).waitFor();
    await stage.site.client.call('createCollection', { body: { name: 'Made elsewhere', type: 'device' } });
    await page.getByRole('gridcell', { name: 'Made elsewhere' }).waitFor();

    await page.route('**/api/v1/resources?*', route => route.abort());
    await goTo('/assets/devices');
    await page.getByText('The Rollcall server does not answer.').waitFor();
    expect(await page.getByText('The inventory holds no devices yet.').count()).toBe(0);
    await page.unroute('**/api/v1/resources?*');
    await page.getByRole('gridcell', { name: 'NotInEntra' }).waitFor();

    await page.context().clearCookies();
    await goTo('/administration/tokens');
    await page.getByRole('button', { name: 'Sign in with a token' }).waitFor();
    expect(complaints.filter(line => !/401|ERR_FAILED/.test(line))).toEqual([]);
    await page.close();
  });

  it('tells who is limited to some collections what that keeps from them', async () => {
    const { token } = await stage.site.client.call('createToken', {
      body: { name: 'limited', role: 'operator', collections: ['Collection1'] },
    });
    const { page, complaints, goTo } = await stage.open('/assets/users', { token });
    await page.getByText('There are no users that you may see.').waitFor();
    await goTo('/administration/tenants');
    await page.getByRole('gridcell', { name: 'Contoso' }).click();
    const discover = page.getByRole('button', { name: 'Discover now' });
    await expect.poll(() => discover.isDisabled()).toBe(true);
    await discover.focus();
    await page.getByRole('tooltip').getByText('Your account is limited to some collections').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is a small download, which a browser keeps for as long as it is the same', async () => {
    const { url } = stage.site.server;
    const page = await fetch(url);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const parts = [...(await page.text()).matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)];
    let bytes = 0;
    for (const [, path = ''] of parts) {
      const { headers } = await fetch(url + path, { headers: { 'accept-encoding': 'br' } });
      expect(headers.get('content-encoding')).toBe('br');
      expect(headers.get('cache-control')).toContain('immutable');
      bytes += Number(headers.get('content-length'));
    }
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(350_000);
  });
});
