/** Why the bank's decision about software has no effect; told at the terminal, never over HTTP. */
export type SoftwareRefusal =
  | 'software_not_found'
  | 'software_already_blocked'
  | 'software_not_blocked'
  | 'block_end_wrong'
  | 'software_key_not_found'
  | 'key_already_compromised';
