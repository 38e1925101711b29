/**
 * A short text that a pattern accepts, for the subset that the API's patterns use: literals, classes,
 * groups with alternatives, bounded repetition. The first alternative and the fewest repetitions win.
 */
export function samplePattern(pattern: string): string {
  const reader = new PatternReader(pattern.replace(/^\^/, '').replace(/\$$/, ''));
  return reader.alternatives();
}

const CLASS_ESCAPES: Readonly<Record<string, string>> = { d: '0', w: 'a', s: ' ' };

class PatternReader {
  private at = 0;

  constructor(private readonly text: string) {}

  alternatives(): string {
    const found = [this.sequence()];
    while (this.text[this.at] === '|') {
      this.at += 1;
      found.push(this.sequence());
    }
    return found[0] ?? '';
  }

  private sequence(): string {
    let sample = '';
    while (this.at < this.text.length && !'|)'.includes(this.text[this.at] ?? ''))
      sample += this.repeated(this.atom());
    return sample;
  }

  private atom(): string {
    const character = this.text[this.at++] ?? '';
    if (character === '(') {
      if (this.text.startsWith('?:', this.at)) this.at += 2;
      const inner = this.alternatives();
      this.at += 1;
      return inner;
    }
    if (character === '[') return this.characterClass();
    if (character === '\\') return this.escaped();
    return character === '.' ? 'a' : character;
  }

  private escaped(): string {
    const letter = this.text[this.at++] ?? '';
    return CLASS_ESCAPES[letter] ?? letter;
  }

  private characterClass(): string {
    const end = this.text.indexOf(']', this.at);
    const body = this.text.slice(this.at, end);
    this.at = end + 1;
    if (body.startsWith('^')) return 'a';
    return body.startsWith('\\')
      ? (CLASS_ESCAPES[body[1] ?? ''] ?? body[1] ?? '')
      : (body[0] ?? '');
  }

  private repeated(sample: string): string {
    const next = this.text[this.at];
    if (next === '?' || next === '*') {
      this.at += 1;
      return '';
    }
    if (next === '+') {
      this.at += 1;
      return sample;
    }
    const bounds = /^\{(\d+)(?:,\d*)?\}/.exec(this.text.slice(this.at));
    if (!bounds) return sample;
    this.at += bounds[0].length;
    return sample.repeat(Number(bounds[1]));
  }
}
