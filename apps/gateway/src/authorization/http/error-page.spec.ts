import { expect, test } from '@jest/globals';
import { ERROR_PAGE_POLICY, errorPage } from './error-page.js';

test('the code stands as text in oauth-error, whatever it holds', () => {
  const page = errorPage({ error: '<b>"x"&', description: "it's", status: 400 }, 'en');
  expect(page).toContain('<code id="oauth-error">&lt;b&gt;&quot;x&quot;&amp;</code>');
  expect(page).toContain('it&#39;s');
});

test('T-06 the page may not be framed and runs no script', () => {
  expect(ERROR_PAGE_POLICY).toContain("frame-ancestors 'none'");
  expect(ERROR_PAGE_POLICY).toContain("default-src 'none'");
});

test('Japanese unless English is asked for', () => {
  const shown = { error: 'x', description: '', status: 400 };
  expect(errorPage(shown, '')).toContain('<html lang="ja">');
  expect(errorPage(shown, 'en-GB')).toContain('<html lang="en">');
});

test.each([
  [429, true],
  [503, true],
  [400, false],
  [500, false],
])(
  '%i: whoever only has to wait is told to reload, and never to start again',
  (status, isPassing) => {
    const shown = { error: 'x', description: '', status };
    const [ja, en] = [errorPage(shown, 'ja'), errorPage(shown, 'en')];
    expect(ja.includes('再読み込みしてください')).toBe(isPassing);
    expect(en.includes('Reload this page in a moment')).toBe(isPassing);
    expect(ja.includes('もう一度最初から')).toBe(!isPassing);
    expect(en.includes('and start again')).toBe(!isPassing);
  },
);
