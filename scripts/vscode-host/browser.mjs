// A headless Chromium with a profile of its own, driven by playwright-core, showing the workbench.
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** Opens the browser; close the returned context to end it. */
export function openBrowser(host, home, { width = 1400, height = 900, scale = 1 } = {}) {
  return chromium.launchPersistentContext(join(home, 'chrome'), {
    executablePath: host.browser,
    headless: true,
    viewport: { width, height },
    deviceScaleFactor: scale,
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
