import type { ResourceRecord } from '../../src/inventory/index.ts';
import type { World } from './world.ts';

const devices = 400;

/** Gives every device another model, and lets some go and come, as the number of the round decides. */
export async function bringRound(world: World, round: number): Promise<void> {
  const records = Array.from({ length: devices }, (_, at): ResourceRecord => {
    const gone = (at + round) % 11 === 0;
    const Model = `M${(at * 7 + round * 3) % 5}`;
    return {
      type: 'device',
      name: `D${at}`,
      ...(gone ? { deleted: true } : { inventory: { SMS_G_System_COMPUTER_SYSTEM: [{ Model }] } }),
    };
  });
  await world.bring(...records);
}

/** Collections that hang together: by query, include, exclude and limiting. */
export async function makeSite(world: World): Promise<void> {
  await bringRound(world, 0);
  const model = (name: string) => ({
    kind: 'query' as const,
    wql: `select * from SMS_R_System inner join SMS_G_System_COMPUTER_SYSTEM
      on SMS_G_System_COMPUTER_SYSTEM.ResourceID = SMS_R_System.ResourceId
      where SMS_G_System_COMPUTER_SYSTEM.Model = '${name}'`,
  });
  for (let at = 0; at < 5; at += 1) await world.collection({ name: `Model ${at}` }, model(`M${at}`));
  for (let at = 0; at < 20; at += 1) {
    await world.collection(
      { name: `Mixed ${at}`, limitTo: at > 10 ? `Mixed ${at - 7}` : undefined },
      { kind: 'include', collection: at < 4 ? `Model ${at}` : `Mixed ${at - 3}` },
      { kind: 'include', collection: `Model ${(at + 1) % 5}` },
      { kind: 'exclude', collection: at < 4 ? 'Model 4' : `Mixed ${at - 4}` },
    );
  }
}
