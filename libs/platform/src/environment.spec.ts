import { describe, expect, test } from '@jest/globals';
import { SettingError, Settings } from './environment.js';

describe('settings', () => {
  test.each<[string, Record<string, string>, (settings: Settings) => unknown, string]>([
    ['a missing one is named', {}, (s) => s.text('BANK_LISTEN'), 'BANK_LISTEN is not set'],
    ['T-23 a mode is demanded', {}, (s) => s.mode(), 'RENKEI_ENV is not set'],
    [
      'T-23 a mode nobody knows',
      { RENKEI_ENV: 'prod' },
      (s) => s.mode(),
      'demo, test or production',
    ],
    [
      'an origin has no path',
      { O: 'https://a.localhost/x' },
      (s) => s.origin('O'),
      'without a path',
    ],
    ['an origin is https', { O: 'http://a.localhost' }, (s) => s.origin('O'), 'https://'],
    ['an address has a port', { L: 'localhost' }, (s) => s.address('L'), 'HOST:PORT'],
    ['a port is below 65536', { L: 'localhost:70000' }, (s) => s.address('L'), 'HOST:PORT'],
    ['a file that cannot be read', { F: './no-such-file' }, (s) => s.file('F'), 'cannot be read'],
  ])('%s', (_title, environment, read, sentence) => {
    const act = () => read(new Settings(environment));
    expect(act).toThrow(SettingError);
    expect(act).toThrow(sentence);
  });

  test('what is well formed is read', () => {
    const settings = new Settings({ L: '127.0.0.1:8444', O: 'https://bank.localhost:8444' });
    expect(settings.address('L')).toEqual({ host: '127.0.0.1', port: 8444 });
    expect(settings.origin('O')).toBe('https://bank.localhost:8444');
  });
});
