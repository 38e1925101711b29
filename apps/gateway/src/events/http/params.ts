import { isId } from '#libs/kernel';
import { platformProblem } from '#libs/platform';

export const SUBSCRIPTION_ID = {
  type: 'string',
  pattern: '^sub_[0-9a-z]{26}$',
  maxLength: 30,
} as const;
export const DELIVERY_ID = {
  type: 'string',
  pattern: '^dlv_[0-9a-z]{26}$',
  maxLength: 30,
} as const;

/** What cannot exist is answered like what may not be seen, before anybody is asked. */
export function subscriptionIdOf(text: string): string {
  if (!isId('sub', text)) throw platformProblem('not_found');
  return text;
}

export function deliveryIdOf(text: string): string {
  if (!isId('dlv', text)) throw platformProblem('not_found');
  return text;
}
