import { describe, expect, test } from '@jest/globals';
import { readStartOptions } from './options.js';

describe('npm start --', () => {
  test('nothing is needed', () => {
    const { RENKEI_LANG: kept, ...rest } = process.env;
    process.env = rest;
    const read = readStartOptions([]);
    if (kept !== undefined) process.env['RENKEI_LANG'] = kept;
    expect(read).toEqual({
      port: undefined,
      bankPort: undefined,
      isReset: false,
      language: 'both',
    });
  });

  test('ports, language and reset are read', () => {
    const args = ['--port', '9443', '--bank-port', '9444', '--lang', 'en', '--reset'];
    expect(readStartOptions(args)).toEqual({
      port: 9443,
      bankPort: 9444,
      isReset: true,
      language: 'en',
    });
  });

  test.each([
    [['--port', '0'], 'from 1 to 65535'],
    [['--port', '65536'], 'from 1 to 65535'],
    [['--port', '80a'], 'from 1 to 65535'],
    [['--lang', 'fr'], 'Usage'],
    [['--prot', '1'], 'Usage'],
    [['extra'], 'Usage'],
  ])('%j is refused with a sentence and exit code 2', (args, sentence) => {
    expect(() => readStartOptions(args)).toThrow(sentence);
    expect(() => readStartOptions(args)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
