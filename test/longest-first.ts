import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files whose tests start browsers or processes, or run laws: each takes ten seconds or more. */
const long =
  /test\/(browser\/|cli\/(worked-example|import-stopped|tenants|demo)|.*\/(crash|killed|law|server|properties)\.test)/;

/** What takes longest begins first, so that no processor is left with a long file when the others have ended. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const [first, rest]: [TestSpecification[], TestSpecification[]] = [[], []];
    for (const file of await super.sort(files)) (long.test(file.moduleId) ? first : rest).push(file);
    return [...first, ...rest];
  }
}
