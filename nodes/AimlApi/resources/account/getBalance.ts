import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { lookUpOptionsField, simplifyField } from '../../../shared/descriptions/options';

const properties: INodeProperties[] = [simplifyField, lookUpOptionsField];

/** Fields of 'Get Balance'; what they mean for the request stands in `lookUpBalance`. */
export const getBalanceFields = updateDisplayOptions(
	{ show: { resource: ['account'], operation: ['getBalance'] } },
	properties,
);
