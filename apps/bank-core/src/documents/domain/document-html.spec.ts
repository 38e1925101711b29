import { describe, expect, test } from '@jest/globals';
import { sampleDocument } from './sample-document.js';
import { documentAsHtml, documentAsJson } from './document-html.js';
import { layoutOf } from './document-layout.js';

describe('a document as it is drawn', () => {
  const sealed = sampleDocument('<script>alert(1)</script> & "quoted" \u202eright to left\u0007');

  test('T-26 text from outside stays text in HTML', () => {
    const html = documentAsHtml(sealed);
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot;');
  });

  test('T-26 text from outside is a string on the page, without signs that turn or hide it', () => {
    const texts = JSON.stringify(layoutOf(sealed).content);
    expect(texts).toContain('<script>alert(1)</script>');
    expect(texts).not.toMatch(/\u202e|\\u0007/u);
  });

  test('Japanese comes first, English beside, and what is alike stands once', () => {
    const html = documentAsHtml(sealed);
    expect(html).toContain('<h1><span lang="ja">改善要請書</span> <span lang="en">Demand');
    expect(html).toContain('<span lang="ja">2026年11月22日 14:05</span>');
    expect(html.split('Kakei K.K.')).toHaveLength(2);
    expect(html.split('A-1<')).toHaveLength(2);
  });

  test('the seal stands on every form', () => {
    const { hash, signature } = sealed.seal;
    for (const form of [
      documentAsHtml(sealed),
      documentAsJson(sealed),
      JSON.stringify(layoutOf(sealed)),
    ]) {
      expect(form).toContain(hash);
      expect(form).toContain(signature);
    }
    expect(layoutOf(sealed).footer).toContain(hash);
  });

  test('the same document has the same texts', () => {
    expect(documentAsHtml(sealed)).toBe(documentAsHtml(structuredClone(sealed)));
    expect(layoutOf(sealed)).toEqual(layoutOf(structuredClone(sealed)));
  });
});
