import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { shareFields } from './shareFields';
import { getModelParameters } from './methods/getModelParameters';
import { getFileParameters } from './methods/getFileParameters';
import { modelFilterValues } from './methods/modelFilterValues';
import { searchModels } from './methods/searchModels';
import { accountDescription } from './resources/account';
import { audioDescription } from './resources/audio';
import { batchDescription } from './resources/batch';
import { chatDescription } from './resources/chat';
import { documentDescription } from './resources/document';
import { embeddingDescription } from './resources/embedding';
import { generationDescription } from './resources/generation';
import { imageDescription } from './resources/image';
import { modelDescription } from './resources/model';
import { videoDescription } from './resources/video';

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
		usableAsTool: {
			replacements: {
				description:
					'Has an AI model answer a question, make an image, a video, speech or music, transcribe a recording or read a document',
			},
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'aimlApi', required: true }],
		// The run policy puts the credential's host in its place; see `shared/run/credentialsHost.ts`.
		requestDefaults: { baseURL: 'https://api.aimlapi.com' },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Account', value: 'account' },
					{ name: 'Audio', value: 'audio' },
					{ name: 'Batch', value: 'batch' },
					{ name: 'Chat', value: 'chat' },
					{ name: 'Document', value: 'document' },
					{ name: 'Embedding', value: 'embedding' },
					{ name: 'Generation', value: 'generation' },
					{ name: 'Image', value: 'image' },
					{ name: 'Model', value: 'model' },
					{ name: 'Video', value: 'video' },
				],
				default: 'chat',
			},
			...shareFields([
				...accountDescription,
				...audioDescription,
				...batchDescription,
				...chatDescription,
				...documentDescription,
				...embeddingDescription,
				...generationDescription,
				...imageDescription,
				...modelDescription,
				...videoDescription,
			]),
		],
	};

	methods = {
		listSearch: { searchModels },
		loadOptions: { getFileParameters, ...modelFilterValues },
		resourceMapping: { getModelParameters },
	};
}
