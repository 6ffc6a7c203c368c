import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A real Chromium: the one of the system (or of CHROMIUM_PATH), else the one that comes as an npm package. */
export async function launchChromium(): Promise<Browser> {
  const installed = [process.env.CHROMIUM_PATH, ...system].find(path => path && existsSync(path));
  const executablePath = installed ?? (await sparticuz.executablePath());
  // The package's own arguments are for small cloud functions: one process, and no web security to test.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...quiet] });
}

// Chromium's own errands to the network have no place in a test.
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];
