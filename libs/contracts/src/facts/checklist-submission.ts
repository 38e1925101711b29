/** Facts that the clauses of the agreement (RKN) ask about; each line is `name: fact<Type>(kind, ja, en)`. */
export const checklistFacts = {} as const;
