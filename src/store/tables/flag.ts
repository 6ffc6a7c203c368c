/** Yes or no, as the store keeps it. */
export type Flag = 0 | 1;
