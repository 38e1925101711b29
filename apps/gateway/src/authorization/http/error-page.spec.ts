import { expect, test } from '@jest/globals';
import { ERROR_PAGE_POLICY, errorPage } from './error-page.js';

test('the code stands as text in oauth-error, whatever it holds', () => {
  const page = errorPage('<b>"x"&', "it's", 'en');
  expect(page).toContain('<code id="oauth-error">&lt;b&gt;&quot;x&quot;&amp;</code>');
  expect(page).toContain('it&#39;s');
});

test('T-06 the page may not be framed and runs no script', () => {
  expect(ERROR_PAGE_POLICY).toContain("frame-ancestors 'none'");
  expect(ERROR_PAGE_POLICY).toContain("default-src 'none'");
});

test('Japanese unless English is asked for', () => {
  expect(errorPage('x', '', '')).toContain('<html lang="ja">');
  expect(errorPage('x', '', 'en-GB')).toContain('<html lang="en">');
});
