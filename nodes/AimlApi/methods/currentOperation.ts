import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { findOperation } from '../resources/operations';
import type { Operation } from '../run/operation';

/** The operation chosen in the editor; `undefined` for one that asks no model. */
export const currentOperation = (editor: ILoadOptionsFunctions): Operation | undefined =>
	findOperation(
		String(editor.getCurrentNodeParameter('resource')),
		String(editor.getCurrentNodeParameter('operation')),
	);
