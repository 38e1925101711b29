import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openBrowser, type TestBrowser } from '#libs/testing';

describe('the packaged browser', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test('it is a real one: it lays out, runs scripts and keeps origins apart', async () => {
    const visitor = await browser.newVisitor({ width: 360 });
    const page = await visitor.newPage();
    await page.setContent('<p id="p" style="width:50%">連携</p><script>p.title = "ran"</script>');
    expect(await page.locator('#p').getAttribute('title')).toBe('ran');
    expect(await page.evaluate('[innerWidth, navigator.language]')).toEqual([360, 'ja-JP']);
    const crossing = page.evaluate('fetch("https://bank.localhost:1/").then(() => 1, () => 0)');
    expect(await crossing).toBe(0);
    await visitor.close();
  });
});
