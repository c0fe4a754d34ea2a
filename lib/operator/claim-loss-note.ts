import { Construct } from 'constructs';
import { ClaimRetention, DataStorage } from '../kubernetes';
import { note } from '../kubernetes/notes';

/** Says of claims that go with their StatefulSet that the operator makes StatefulSets anew. */
export function noteClaimLoss(scope: Construct, storage: DataStorage): void {
  if (storage._template?.whenDeleted === ClaimRetention.DELETE) {
    note(scope, 'the operator deletes a StatefulSet that refuses a change, such as another size of its claims, and makes it anew: with whenDeleted: '
      + 'ClaimRetention.DELETE the claims and their data go with it; leave it out to keep them');
  }
}
