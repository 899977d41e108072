import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { getModelParameters } from './methods/getModelParameters';
import { searchModels } from './methods/searchModels';
import { chatDescription } from './resources/chat';

export class AimlApi implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'AI/ML API',
		name: 'aimlApi',
		icon: { light: 'file:../../icons/aimlapi.svg', dark: 'file:../../icons/aimlapi.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Use hundreds of AI models with one key',
		defaults: { name: 'AI/ML API' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'aimlApi', required: true }],
		requestDefaults: { baseURL: '={{ $credentials.url }}' },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Chat', value: 'chat' }],
				default: 'chat',
			},
			...chatDescription,
		],
	};

	methods = {
		listSearch: { searchModels },
		resourceMapping: { getModelParameters },
	};
}
