import { parse, type HTMLElement } from 'node-html-parser';

/** What a form sends when one of its buttons is pressed. */
export interface Submission {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly fields: URLSearchParams;
}

/**
 * One HTML page as a reader without script sees it. Elements are found by id, because the ids of
 * the approval pages are fixed and their words are not (oauth.md 4.6).
 */
export class Page {
  readonly #root: HTMLElement;

  constructor(
    readonly url: URL,
    readonly status: number,
    readonly headers: Headers,
    readonly html: string,
  ) {
    this.#root = parse(html);
  }

  get title(): string {
    return this.#root.querySelector('title')?.textContent.trim() ?? '';
  }

  has(id: string): boolean {
    return this.#root.getElementById(id) !== null;
  }

  /** The words of an element, runs of white space as one blank; '' where there is none. */
  text(id: string): string {
    return (this.#root.getElementById(id)?.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  /** Boxes that can be ticked, `account-1`, `account-2` …, in the page's order. */
  choices(pattern: RegExp): string[] {
    return this.#root
      .querySelectorAll('input')
      .filter((input) => pattern.test(input.id) && !input.hasAttribute('disabled'))
      .map((input) => input.id);
  }

  /** Types into a field. Throws when the page has no such field: then it is another page. */
  fill(id: string, value: string): this {
    this.#element(id).setAttribute('value', value);
    return this;
  }

  /** Ticks a box; of radio buttons with one name only the last ticked one stays. */
  tick(id: string): this {
    const element = this.#element(id);
    if (element.getAttribute('type') === 'radio') {
      const name = element.getAttribute('name');
      for (const other of this.#root.querySelectorAll('input')) {
        if (other.getAttribute('name') === name) other.removeAttribute('checked');
      }
    }
    element.setAttribute('checked', '');
    return this;
  }

  /** What pressing the button (or following the link) sends. */
  press(id: string): Submission {
    const element = this.#element(id);
    const href = element.getAttribute('href');
    if (element.tagName === 'A' && href) {
      return { url: new URL(href, this.url), method: 'GET', fields: new URLSearchParams() };
    }
    const form = this.#formOf(element);
    const action = element.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
    const method = element.getAttribute('formmethod') ?? form.getAttribute('method') ?? 'get';
    const fields = successfulFields(this.#controlsOf(form));
    const name = element.getAttribute('name');
    if (name) fields.append(name, element.getAttribute('value') ?? '');
    return {
      url: new URL(action || this.url.href, this.url),
      method: method.toLowerCase() === 'post' ? 'POST' : 'GET',
      fields,
    };
  }

  #element(id: string): HTMLElement {
    const found = this.#root.getElementById(id);
    if (found) return found;
    const error = this.text('oauth-error');
    throw new Error(
      `The page ${this.url.pathname} (${this.status}, “${this.title}”) has no element ${id}.` +
        (error ? ` It says: ${error}` : ''),
    );
  }

  #formOf(element: HTMLElement): HTMLElement {
    const named = element.getAttribute('form');
    const form = named ? this.#root.getElementById(named) : element.closest('form');
    if (!form) throw new Error(`The button ${element.id} on ${this.url.pathname} has no form.`);
    return form;
  }

  #controlsOf(form: HTMLElement): HTMLElement[] {
    const inside = form.querySelectorAll('input, select, textarea');
    const outside = form.id
      ? this.#root.querySelectorAll('input[form], select[form], textarea[form]')
      : [];
    return [...inside, ...outside.filter((field) => field.getAttribute('form') === form.id)];
  }
}

/** The controls that a browser would send (HTML, "constructing the entry list"). */
function successfulFields(controls: readonly HTMLElement[]): URLSearchParams {
  const fields = new URLSearchParams();
  for (const control of controls) {
    const name = control.getAttribute('name');
    if (!name || control.hasAttribute('disabled')) continue;
    const value = valueOf(control);
    if (value !== undefined) fields.append(name, value);
  }
  return fields;
}

function valueOf(control: HTMLElement): string | undefined {
  if (control.tagName === 'TEXTAREA') return control.getAttribute('value') ?? control.textContent;
  if (control.tagName === 'SELECT') {
    const options = control.querySelectorAll('option');
    const chosen = options.find((option) => option.hasAttribute('selected')) ?? options[0];
    const own = control.getAttribute('value');
    return own ?? chosen?.getAttribute('value') ?? chosen?.textContent;
  }
  const type = (control.getAttribute('type') ?? 'text').toLowerCase();
  if (['submit', 'button', 'image', 'reset', 'file'].includes(type)) return undefined;
  if (type === 'checkbox' || type === 'radio') {
    return control.hasAttribute('checked') ? (control.getAttribute('value') ?? 'on') : undefined;
  }
  return control.getAttribute('value') ?? '';
}
