import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from '../shared/connectionTypes';
import { nodeProperties } from './descriptions/nodeProperties';
import { searchModels } from './methods/listSearch';
import { getFileParameters, modelFilterOptions } from './methods/loadOptions';
import { getModelParameters } from './methods/resourceMapping';
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
		subtitle:
			'={{ $parameter["model"] || $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Message GPT, Claude and Gemini, generate images, video, speech and music, transcribe audio and read documents',
		defaults: { name: 'AI/ML API' },
		builderHint: {
			searchHint:
				'One node and one key for AI tasks on items: message a chat model (summarize, translate, classify, extract data as JSON, describe images), generate or edit images, generate video, speech or music, transcribe audio, read PDFs, create embeddings. For an agent with tools or memory, use AI Agent with AI/ML API Chat Model instead.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-aimlapi-models.lmChatAimlApi',
					relationHint: 'The model of an AI Agent or a chain',
				},
				{
					nodeType: 'n8n-nodes-aimlapi-models.embeddingsAimlApi',
					relationHint: 'The embeddings of a vector store',
				},
			],
		},
		usableAsTool: {
			replacements: {
				description:
					'Ask an AI model, generate images, video, speech or music, transcribe audio, or read a document',
			},
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'aimlApi', required: true }],
		// The run policy replaces it with the credential's host; see `run/runPolicy.ts`.
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
			...nodeProperties([
				accountDescription,
				audioDescription,
				batchDescription,
				chatDescription,
				documentDescription,
				embeddingDescription,
				generationDescription,
				imageDescription,
				modelDescription,
				videoDescription,
			]),
		],
	};

	methods = {
		listSearch: { searchModels },
		loadOptions: { getFileParameters, ...modelFilterOptions },
		resourceMapping: { getModelParameters },
	};
}
