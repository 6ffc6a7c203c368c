import { Checkbox, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import type { Collection, ResourceType } from '../../../../src/api/contract/index.ts';
import { ApplyForm } from '../../parts/apply-form.tsx';
import type { Tagged } from '../../parts/edited.ts';
import { Facts } from '../../parts/facts.tsx';
import { formatTime } from '../../parts/format.ts';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { useLack } from '../../parts/role.ts';
import { CollectionField } from '../collection-field.tsx';
import { useCollectionForm } from '../data.ts';
import { ScheduleField } from '../schedule-field.tsx';

const useStyles = makeStyles({
  parts: {
    display: 'grid',
    gridTemplateColumns: '1fr 1fr',
    gap: tokens.spacingHorizontalXXL,
    '@media (max-width: 760px)': { gridTemplateColumns: '1fr' },
  },
});

/** The General tab of a collection: what can be changed at the left, what is known of it at the right. */
export function GeneralTab({
  collection: present,
  type,
}: {
  collection: Tagged<Collection>;
  type: ResourceType;
}) {
  const styles = useStyles();
  const collection = present.answer;
  const { base, form, change, save, outcome } = useCollectionForm(present, formOf);
  const fixed = collection.builtIn ? 'A built-in collection can not be changed.' : undefined;
  const isFixed = useLack('updateCollection') !== undefined || fixed !== undefined;
  const changes = changesOf(form, base);
  return (
    <div className={styles.parts}>
      <ApplyForm
        {...outcome}
        route="updateCollection"
        fixed={fixed}
        changed={Object.keys(changes).length > 0}
        invalid={form.name.trim() === '' ? 'A collection needs a name.' : undefined}
        onApply={() => save(changes)}
      >
        <Field label="Name" required>
          <Input disabled={isFixed} value={form.name} onChange={(_, data) => change({ name: data.value })} />
        </Field>
        {!collection.builtIn && (
          <CollectionField
            label="Limiting collection"
            type={type}
            value={form.limitTo}
            except={collection.id}
            disabled={isFixed}
            onChange={limitTo => change({ limitTo })}
          />
        )}
        <Checkbox
          label="Use incremental updates for this collection"
          disabled={isFixed}
          checked={form.incremental}
          onChange={(_, data) => change({ incremental: data.checked === true })}
        />
        <ScheduleField value={form.schedule} disabled={isFixed} onChange={schedule => change({ schedule })} />
        <Field label="Comment">
          <Input
            disabled={isFixed}
            value={form.comment}
            onChange={(_, data) => change({ comment: data.value })}
          />
        </Field>
      </ApplyForm>
      <Known collection={collection} />
    </div>
  );
}

const uses = {
  limiting: 'limited to it',
  include: 'includes it',
  exclude: 'excludes it',
  query: 'by a query',
};

function Known({ collection }: { collection: Collection }) {
  return (
    <div>
      {collection.error && (
        <ProblemBar error={{ message: collection.error, hint: 'Mend the rule under Membership Rules.' }} />
      )}
      <Facts
        of={[
          ['Collection ID', collection.id],
          ['Members', collection.memberCount.toLocaleString()],
          ['Last evaluation', formatTime(collection.lastEvaluationTime)],
          ['It took', collection.evaluationMs === null ? null : `${Math.round(collection.evaluationMs)} ms`],
          ['Last full evaluation', formatTime(collection.lastFullEvaluationTime)],
          ['Last change', `${collection.lastJoined} joined, ${collection.lastLeft} left`],
          ['Membership changed', formatTime(collection.lastMembershipChangeTime)],
          [
            'Depend on it',
            collection.dependents.length === 0
              ? 'No other collection'
              : collection.dependents.map(each => (
                  <div key={`${each.id}/${each.use}`}>
                    {each.name} ({uses[each.use]})
                  </div>
                )),
          ],
        ]}
      />
    </div>
  );
}

function formOf(collection: Collection) {
  return {
    name: collection.name,
    limitTo: collection.limitingCollectionId ?? '',
    incremental: collection.incremental,
    schedule: collection.schedule ?? '',
    comment: collection.comment ?? '',
  };
}

/** Only what differs from what is stored. */
function changesOf(form: ReturnType<typeof formOf>, collection: Collection) {
  const schedule = form.schedule.trim() || null;
  const comment = form.comment.trim() || null;
  return {
    ...(form.name.trim() === collection.name ? {} : { name: form.name.trim() }),
    ...(form.limitTo === (collection.limitingCollectionId ?? '') ? {} : { limitTo: form.limitTo }),
    ...(form.incremental === collection.incremental ? {} : { incremental: form.incremental }),
    ...(schedule === collection.schedule ? {} : { schedule }),
    ...(comment === collection.comment ? {} : { comment }),
  };
}
