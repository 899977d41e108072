import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { chosenSchema } from '../../shared/methods/resourceMapping';
import type { ObjectSchema } from '../../shared/schema/jsonSchema';
import { currentOperation } from './currentOperation';

/** What the chosen model documents for the chosen operation, as far as that can be had. */
export async function currentSchema(
	editor: ILoadOptionsFunctions,
): Promise<ObjectSchema | undefined> {
	const operation = currentOperation(editor);
	return operation && (await chosenSchema(editor, operation.endpoint));
}
