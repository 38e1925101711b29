/** Why the bank's decision about a change has no effect; told at the terminal, never over HTTP. */
export type ChangeRefusal = 'change_not_pending' | 'change_differs' | 'change_key_compromised';
