import { Failure } from '../failure.js';

const CTRL_C = '\u0003';
const BACKSPACE = ['\u007f', '\b'];

/** The password of one officer: from the environment where automation set it, else typed without echo. */
export async function askPassword(variable: string, who: string): Promise<string> {
  const given = process.env[variable];
  if (given) return given;
  const { stdin, stderr } = process;
  if (!stdin.isTTY) {
    throw new Failure(
      {
        ja: `端末がないためパスワードを尋ねられません。${variable} を設定してください。`,
        en: `There is no terminal to ask for the password; set ${variable}.`,
      },
      3,
    );
  }
  stderr.write(`${who} のパスワード / password: `);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = '';
      const onData = (keys: string): void => {
        for (const key of keys) {
          if (key === CTRL_C) return done(() => reject(cancelled()));
          if (key === '\r' || key === '\n') return done(() => resolve(typed));
          typed = BACKSPACE.includes(key) ? typed.slice(0, -1) : typed + key;
        }
      };
      const done = (end: () => void): void => {
        stdin.off('data', onData);
        end();
      };
      stdin.on('data', onData);
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

const cancelled = (): Failure => new Failure({ ja: '中止しました。', en: 'Cancelled.' }, 3);
