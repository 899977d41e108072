import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { findOperation } from '../resources/operations';
import type { Operation } from '../run/operation';

/** The operation selected in the editor; `undefined` if it uses no model. */
export const currentOperation = (editor: ILoadOptionsFunctions): Operation | undefined =>
	findOperation(
		String(editor.getCurrentNodeParameter('resource')),
		String(editor.getCurrentNodeParameter('operation')),
	);
