import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { pageProblem } from './page.problems.js';

/** Reads a posted form into its class; a field too many, too few or too long is `form_malformed`. */
export async function readForm<Form extends object>(
  Form: new () => Form,
  body: unknown,
): Promise<Form> {
  if (typeof body !== 'object' || body === null) throw pageProblem('form_malformed');
  const form = plainToInstance(Form, { ...body });
  const errors = await validate(form, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  if (errors.length > 0) throw pageProblem('form_malformed');
  return form;
}
