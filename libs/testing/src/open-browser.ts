import type { Browser, BrowserContext } from 'playwright-core';
import { unpackBrowser } from '../../../tools/test/unpack-browser.js';

/** What the package switches off for the cloud and a test of security must leave on. */
const UNSAFE = new RegExp(
  `^--(${[
    'disable-web-security',
    'allow-running-insecure-content',
    'disable-site-isolation-trials',
    'disable-features',
    'single-process',
    'headless',
  ].join('|')})`,
);

export interface VisitorOptions {
  readonly language?: 'ja' | 'en';
  /** 360 for a small telephone, 1280 for a desk (users.md E.7). */
  readonly width?: 360 | 1280;
  readonly isScriptOn?: boolean;
}

export interface TestBrowser {
  /** A fresh visitor: no cookies, Tokyo time, one language. */
  newVisitor(options?: VisitorOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** A real Chromium from npm packages alone. It finds `*.localhost` on this machine. */
export async function openBrowser(): Promise<TestBrowser> {
  // Loaded here, because most who import this library never open a browser.
  const { default: chromium } = await import('@sparticuz/chromium');
  const { chromium: driver } = await import('playwright-core');
  const browser: Browser = await driver.launch({
    executablePath: await unpackBrowser(),
    headless: true,
    args: [
      ...chromium.args.filter((arg) => !UNSAFE.test(arg)),
      '--host-resolver-rules=MAP *.localhost 127.0.0.1',
    ],
  });
  return {
    newVisitor: ({ language = 'ja', width = 1280, isScriptOn = true } = {}) =>
      browser.newContext({
        // Its trust store cannot be given our authority without certutil; the story tests' own
        // client verifies the certificates instead.
        ignoreHTTPSErrors: true,
        locale: language === 'ja' ? 'ja-JP' : 'en-GB',
        timezoneId: 'Asia/Tokyo',
        viewport: { width, height: 800 },
        javaScriptEnabled: isScriptOn,
      }),
    close: () => browser.close(),
  };
}
