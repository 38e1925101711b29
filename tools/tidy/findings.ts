/** What neither compiler, formatter nor linter sees. Each finding says what to do instead (docs/style.md). */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface Finding {
  readonly rule: string;
  readonly path: string;
  readonly detail: string;
}

const LINES_MAX = 400;
/** The formatter holds code at 100; a sentence in a comment or a string may run a little wider. */
const COLUMNS_MAX = 120;

const isCode = (path: string) => /\.(ts|tsx|mjs|cjs)$/.test(path);
const isGenerated = (path: string) => /\/(migrations|generated)\/|\.d\.ts$|\/data\//.test(path);

/** One pattern per sin that a line can commit, with the replacement. */
const lineRules: readonly {
  rule: string;
  pattern: RegExp;
  where: (path: string) => boolean;
  instead: string;
}[] = [
  {
    rule: 'unfinished',
    pattern: /\b(FIX|TO)(ME|DO)\b|\bXXX\b/,
    where: (path) => isCode(path) && !path.startsWith('tools/tidy/'),
    instead: 'Finish it, or write it down as work and delete the mark.',
  },
  {
    rule: 'any',
    pattern: /(:|<|\bas)\s*any\b(?!\w)/,
    where: (path) =>
      /\.tsx?$/.test(path) && !path.startsWith('tools/tidy/') && !path.endsWith('.d.ts'),
    instead: 'Name the type, or take `unknown` and narrow it.',
  },
  {
    rule: 'yen-as-number',
    pattern: /\w*[yY]en\??:\s*number\b/,
    where: (path) => /\.tsx?$/.test(path) && !path.startsWith('tools/tidy/'),
    instead: 'Yen are bigint; on the wire they are a string of digits.',
  },
  {
    rule: 'machine-path',
    pattern: /(^|[\s"'`(=])\/(home|root|Users|work|farm)\/[\w.-]/,
    where: () => true,
    instead: 'Say where it stands relative to the project.',
  },
  {
    rule: 'disabled-lint',
    pattern: /(eslint|ts)-(disable|ignore|nocheck|expect-error)/,
    where: (path) => isCode(path) && !path.startsWith('tools/tidy/') && !path.endsWith('.d.ts'),
    instead: 'Change the code or the rule; a silenced rule helps nobody.',
  },
];

const namesRules = (path: string): Finding[] => {
  const file = path.split('/').at(-1) ?? '';
  const found: Finding[] = [];
  if (!/^(apps|libs|tools)\//.test(path) || !/\.tsx?$/.test(file)) return found;
  if (/^(utils?|helpers?|common|manager|base|misc)\./.test(file)) {
    found.push({ rule: 'vague-name', path, detail: 'Name the file after the one thing it holds.' });
  }
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.tsx?$/.test(file)) {
    found.push({ rule: 'not-kebab', path, detail: 'File names are kebab-case.' });
  }
  return found;
};

/** Everything untidy in one file, at most one finding per rule. */
export function findingsIn({ path, text }: SourceFile): Finding[] {
  const lines = text.split('\n');
  const found = namesRules(path);
  if (isCode(path) && !isGenerated(path)) {
    if (lines.length > LINES_MAX) {
      found.push({ rule: 'too-long', path, detail: `${lines.length} lines: find the seam.` });
    }
    const wide = lines.findIndex((line) => [...line].length > COLUMNS_MAX);
    if (wide >= 0) {
      found.push({ rule: 'wide-line', path, detail: `line ${wide + 1}: break it or shorten it.` });
    }
  }
  for (const { rule, pattern, where, instead } of lineRules) {
    if (!where(path)) continue;
    const line = lines.findIndex((each) => pattern.test(each));
    if (line >= 0) found.push({ rule, path, detail: `line ${line + 1}: ${instead}` });
  }
  return found;
}
