// Words that every room uses: problems, time, progress, folded text.
export { type Clock, systemClock } from './clock.ts';
export { csvLine } from './csv.ts';
export { Problem, type ProblemData, type ProblemKind, problemData, problemFrom } from './problem.ts';
export { type Progress, silent, type ToldStep, type WorkContext } from './progress.ts';
export { fold } from './text.ts';
