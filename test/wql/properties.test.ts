import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatedClasses, inventories, queries } from './support/generate.ts';
import { members, membersAmong, mustCheck, now } from './support/members.ts';
import { naiveMembers } from './support/naive.ts';
import { printSelect } from './support/print.ts';
import { makeSite } from './support/site.ts';

describe('a query finds', () => {
  it('what a plain reading of it finds, restricted or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        inventories,
        fc.array(queries, { minLength: 10, maxLength: 20 }),
        fc.integer({ min: 0, max: 63 }),
        async (resources, selects, subset) => {
          const site = await makeSite(generatedClasses, resources);
          try {
            for (const select of selects) {
              const wql = printSelect(select);
              const expected = naiveMembers(select, resources, now);
              expect(await members(site, wql), wql).toEqual(expected);
              const some = resources.map(resource => resource.id).filter(id => subset & (1 << (id - 1)));
              expect(await membersAmong(site, wql, some), wql).toEqual(
                expected.filter(id => some.includes(id)),
              );
            }
          } finally {
            await site.close();
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('the same for a resource whatever the others hold, where it says so', async () => {
    await fc.assert(
      fc.asyncProperty(
        inventories,
        fc.array(queries, { minLength: 10, maxLength: 20 }),
        async (resources, selects) => {
          const alone = resources.slice(0, 1);
          const together = await makeSite(generatedClasses, resources);
          const lonely = await makeSite(generatedClasses, alone);
          try {
            for (const wql of selects.map(printSelect)) {
              if (!mustCheck(together, wql).ownRowsOnly) continue;
              const one = await members(lonely, wql);
              expect(
                (await members(together, wql)).filter(id => id === 1),
                wql,
              ).toEqual(one);
            }
          } finally {
            await together.close();
            await lonely.close();
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('the same after a change of what it does not read', async () => {
    await fc.assert(
      fc.asyncProperty(
        inventories,
        inventories,
        fc.array(queries, { minLength: 10, maxLength: 20 }),
        async (before, after, selects) => {
          const first = await makeSite(generatedClasses, before);
          try {
            for (const select of selects) {
              const wql = printSelect(select);
              const checked = mustCheck(first, wql);
              const reads = new Set(checked.reads);
              // What the query reads is as before; of the rest, the values of another inventory.
              const mixed = before.map((resource, i) => ({
                ...resource,
                rows: Object.fromEntries(
                  Object.entries(resource.rows).map(([className, rows]) => {
                    const key = className.toLowerCase();
                    const others = after[i]?.rows[className] ?? [];
                    const width =
                      reads.has(`${key}.*`) || key === 'sms_r_system'
                        ? rows.length
                        : Math.max(rows.length, others.length);
                    const properties = Object.keys(generatedClasses[className]?.properties ?? {});
                    return [
                      className,
                      Array.from({ length: width }, (_, n) =>
                        Object.fromEntries(
                          properties.map(name => [
                            name,
                            (reads.has(`${key}.${name.toLowerCase()}`)
                              ? rows[n]?.[name]
                              : others[n]?.[name]) ?? null,
                          ]),
                        ),
                      ),
                    ];
                  }),
                ),
              }));
              expect(naiveMembers(select, mixed, now), `${wql}\nreads ${checked.reads.join(', ')}`).toEqual(
                naiveMembers(select, before, now),
              );
            }
          } finally {
            await first.close();
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
