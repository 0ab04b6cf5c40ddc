import { type Browser, chromium } from 'playwright-core';
import { testVariable } from '../../support/database.js';

const always = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page that a test answers for has no address, so it would count as one from the
  // internet that reaches for this machine.
  '--disable-features=LocalNetworkAccessChecks',
];

/**
 * A Chromium with a new, empty profile, which is deleted when it is closed. The browser
 * itself makes no network requests; only its pages do.
 */
export function launchChromium(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: testVariable('CHROMIUM_PATH'),
    args: [...(isRoot ? ['--no-sandbox'] : []), ...always],
    chromiumSandbox: !isRoot,
    timeout: 60_000,
  });
}
