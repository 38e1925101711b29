import { readFileSync } from 'node:fs';

/** A setting that is missing or wrong. The message is one sentence that says what to do; the process ends with it. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

type Environment = Readonly<Record<string, string | undefined>>;

export type Mode = 'demo' | 'test' | 'production';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Reads settings from the environment once, at start, each with a message that names the variable. */
export class Settings {
  constructor(private readonly environment: Environment = process.env) {}

  text(name: string): string {
    const value = this.environment[name];
    if (!value) throw new SettingError(`${name} is not set. ${name} を設定してください。`);
    return value;
  }

  optional(name: string): string | undefined {
    return this.environment[name] || undefined;
  }

  /** demo, test or production. Whatever is not loopback demands an explicit mode (T-23). */
  mode(): Mode {
    const value = this.text('RENKEI_ENV');
    if (value === 'demo' || value === 'test' || value === 'production') return value;
    throw new SettingError(`RENKEI_ENV must be demo, test or production, not ${value}.`);
  }

  url(name: string, protocol: string): string {
    const value = this.text(name);
    if (!URL.canParse(value) || new URL(value).protocol !== protocol) {
      throw new SettingError(`${name} must be a URL that begins with ${protocol}//.`);
    }
    return value;
  }

  /** An origin such as `https://bank.localhost:8444`, without a path. */
  origin(name: string): string {
    const value = this.url(name, 'https:');
    if (new URL(value).origin !== value)
      throw new SettingError(`${name} must be an origin without a path.`);
    return value;
  }

  address(name: string): ListenAddress {
    const value = this.text(name);
    const match = /^(.+):(\d{1,5})$/.exec(value);
    if (!match || Number(match[2]) > 65_535) throw new SettingError(`${name} must be HOST:PORT.`);
    return { host: match[1] ?? '', port: Number(match[2]) };
  }

  /** The content of the file that the variable names. */
  file(name: string): string {
    const path = this.text(name);
    try {
      return readFileSync(path, 'utf8');
    } catch {
      throw new SettingError(`${name} names ${path}, which cannot be read.`);
    }
  }
}
