"""Words of clinical English that mean the same, as `one form = other | forms`.

Words in capitals are not content but say something about it: negation, normality, side,
certainty, time. Written by hand from common clinical usage; inflection and British or American
spelling need no entry (`spelling` removes them). Longer forms win over shorter ones.
"""

CUES = """
NO = no | not | non | never | denies | denied | deny | lack of | lacks | lacking
NO = free of | free from
NO = no evidence of | negative for | no sign of | no longer | does not | did not | has not | nil
NO = no history of | no complaint of | no report of | nothing | not any
NO tender = nontender | non tender
NO radiat = nonradiating | non radiating | no radiation | without radiation
painless = pain free | free of pain | painless | without pain
NEG symptom = symptom free | asymptomatic | no symptoms
WITHOUT = without | in the absence of
NEG = negative | refuted | not present | not seen | not found | unlikely | not reproduced
ABSENT = absent | absence | missing | abolish | unobtainable | not obtainable | not elicitable
ABSENT = none | unelicitable | not palpable | impalpable | disappear
NORMAL = normal | intact | preserve | unremarkable | full | symmetric | symmetrical | wnl | nad
NORMAL = within normal limits | within the normal range | within normal range | in normal range
NORMAL = unimpaired | unrestricted | unlimited | maintained | able | able to | can | equal
NORMAL = satisfactory | physiologic | physiological | no abnormality | no abnormalities
NORMAL = free range | without abnormality | nothing abnormal | no abnormal findings | no pathology
NORMAL = no changes | no deficit | no deficits | no impairment | unaffected sensation
NORMAL = free and full | not weak
POS = positive | present | confirmed | found | seen | detected | yes | identified | evident
POSSIBLE = possible | probable | suspect | suspicious | suspicious for | suspicion of
POSSIBLE = questionable | likely | maybe | may be | may have | might | might be | presumed
POSSIBLE = presumptive | concern for | suggestive | suggestive of | suggest | suggests
POSSIBLE = cannot exclude
EQUIVOCAL = equivocal | borderline | indeterminate | inconclusive | uncertain | doubtful | unclear
RULEOUT = rule out | evaluate for | assess for | screen for | look for | differential diagnosis
FAMILY = family history of | family history | family | familial | father | mother | brother
FAMILY = sister | parent | sibling | first degree relative | grandfather | grandmother | paternal
FAMILY = maternal | daughter | son | uncle | aunt | cousin | hereditary
PAST = previous | prior | former | past | past history of | past history | remote | childhood
PAST = old | resolved | healed | in the past | previous history of | earlier | recovered
PAST = in childhood | as a child | in youth | formerly
LEFT = left | lt | l | left sided | left hand side | left side | on the left
RIGHT = right | rt | r | right sided | right hand side | right side | on the right
BOTH = bilateral | both | both sides | bilat | either side | two sided | on both sides | in both
OTHER = contralateral | opposite | other side | opposite side | contralateral side
OTHER = on the other side | other hip | other leg | uninvolved side | unaffected side
OTHER = non affected side
WITH = on | with | during | when | while | upon | after | following
"""

STATES = """
low = reduce | decrease | diminish | low | lower | limit | limitation | restrict | restriction
low = loss | lost | lose | impair | impairment | deficit | depress | poor | decline | deficiency
empty_end_feel = empty end feel
end_feel = end feel
low = subnormal | minimal | sluggish | loss of | lack of motion | deficient
high = raise | elevate | high | increase | excess | excessive | elevation | brisk | exaggerate
dev = abnormal | abnormality | alter | alteration | asymmetric | asymmetry | change | disturb
dev = problem | disturbance | dysfunction | trouble with | pathological | pathologic | aberrant
dev = disorder
unable = unable | unable to | inability | inability to | fail to
unable = failed to | impossible
difficult = difficulty | difficult | struggle | trouble | difficulty in | difficulty with
unable = not able to | not possible | not able | incapable
strength low = weak | weakness | paresis | paretic | plegia | paralysis | palsy | weaken
strength low = motor loss | motor deficit | loss of power | loss of strength | loss of motor
strength low = power loss | motor weakness | muscle weakness | reduced power
strength low = muscular weakness | buckle
strength = strength | power | motor | motor function | motor power | motor strength
strength = muscle strength | muscle power | mrc | muscle testing | manual muscle testing
strength = motor exam | myotome | motor examination | myotomal
sensation low = numb | hypoesthesia | hypesthesia | anesthesia | hypalgesia | hypoalgesia
sensation low = insensate | sensory loss | sensory deficit | dead feeling | reduced pinprick
sensation low = loss of feeling | sensory impairment | no sensation | absent sensation
sensation low = loss of sensation | deadness | sensory disturbance | sensory change
sensation low = sensory abnormality | sensory symptom | sensory dysfunction | sensory alteration
sensation low = altered sensation | dysesthesia
sensation = sensation | sensory | sensibility | light touch | pinprick | pin prick | feeling
sensation = touch | sensory function | sensory exam | sensory examination | dermatomal sensation
paresthesia = paresthesia | tingle | pins and needles | prickle | pricking | formication
reflex low = areflexia | hyporeflexia | hyporeflexic | areflexic
reflex high = hyperreflexia | hyperreflexic | clonus
reflex = reflex | jerk | deep tendon reflex | tendon reflex | dtr | stretch reflex
worse = worse | worsen | aggravate | exacerbate | provoke | reproduce | elicit | trigger
worse = precipitate | induce | bring on | brought on | intolerance | cannot tolerate | intolerant
worse = exacerbation | aggravation | provocation | increase with | increased with | increased by
worse = increases with | increasing with | unable tolerate | unable to tolerate | caused by
worse = causes pain | cause pain | flare | intensify | more painful | more pain
worse = increased pain | alter symptoms | change symptoms | influence symptoms | modify symptoms
worse = alters the pain | changes the pain | affects the pain | influences the pain
relief = relief | help | helpful | relieve | ease | alleviate | better | improve | improvement
relief = lessen | abate | respond | response | responsive | palliate | ameliorate | subside
relief = settle | resolve with | relieved | resolve by | resolved with | resolved by
relief = disappear with | disappear on | decrease with | reduced by | reduced with | decreased by
relief = decreased with | less with | less pain | vanish | go away | goes away | gone with
relief = diminished by | diminished with | reduce pain | benefit | decreased when
relief = disappears when | alleviation | analgesia | pain reduction | reduction in pain
relief = reduction of pain | mitigate | abolition | abolished by | abolished with | pain relief
NO worse = unaffected by | unchanged by | unchanged with | unaffected | independent of
NO worse = irrespective of | not affected by | unrelated to | not influenced by | regardless of
NO worse = not related to
tender = tender | pain on palpation | painful to palpation | pain with palpation | palpation pain
tender = painful on palpation | pain to palpation | tender to palpation | tender on palpation
tender = sore to touch | sore on palpation | sore to palpation | pain on pressure | pressure pain
tender = painful to touch | tender to touch | palpation tender | pain on pressing
tender = painful palpation | tender point | point tender | pain upon palpation | pain by palpation
tender = pain on percussion palpation | pressure sensitivity | tender to pressure
pain = pain | painful | ache | aching | sore | discomfort | hurt | algia | dolor
lumbar pain = low back pain | lbp | lumbago | lumbalgia | lower back pain | backache | back ache
"""

ACTIVITIES = """
sit = sit | seated | sat | prolonged sitting | long sitting | sitting position | sit down | chair
rise = standing up | stand up | rising from sitting | rising from a chair | rising from chair
rise = arise | getting up from a chair | getting up from chair | sit to stand | rise from sitting
rise = getting up | rising from seat | rising from a seat | rising | rise from chair
rise = arising from a chair | get up | standing up from sitting | standing from sitting
rise = standing from a chair | standing from a seated position | stood up | get up from chair
rise = transition from sitting to standing | sitting to standing | rising from a seated position
rise = rising from seated position | standing up from a chair
stand = stand | stood | prolonged standing | standing still | static standing | upright | erect
walk = walk | ambulate | ambulation | prolonged walking | gait activity
recumbent = lie | lying | lay | laid | lying down | recumbent | supine | lying supine | recumbency
recumbent = lying flat | lie down | lie flat | lying on back | lying on the back | decubitus
recumbent = supine position | lying position | laying down | lying in bed | lying prone
side_lying = lying on the side | side lying | lying on side | lying on the affected side
side_lying = lie on side | sleeping on the side | sleeping on side | lying on the painful side
side_lying = lateral decubitus | sleeping on the affected side | lying on affected side
side_lying = lying on painful side | lateral recumbency | sleep on that side | lying on that side
side_lying = side lying position | lying on the symptomatic side | lying on it
side_lying = sleeping on the painful side | lying on the left side | lying on the right side
side_lying = lying on left side | lie on affected side | lying on right side
side_lying = lie on the affected side | sleep on affected side | sidelying
cough = cough | sneeze | valsalva | valsalva maneuver | bear down | strain at stool | straining
cough = straining at stool | laugh | coughing or sneezing | coughing and sneezing | cough impulse
bending = bending forward | bend forward | bend | stoop | lean forward | leaning forward
bending = forward bend | forward flexion | lumbar flexion | trunk flexion | spinal flexion
bending = flexion of the spine | flexion of the lumbar spine | spine flexion | flexed forward
bending = forward leaning | bent forward | flexion of lumbar spine | back flexion
bending = stooped posture | flexed posture | forward lean
arching = bending backward | lumbar extension | back extension | spinal extension
arching = trunk extension | extension of the lumbar spine | lean back | leaning backward
arching = backward bend | hyperextension | lumbar hyperextension | extension of the spine
arching = extension of lumbar spine | lumbar arching | leaning back | backward bending
arching = spine extension | bending backwards | hyperextend
stairs = stair | stairs | climbing stairs | stair climbing | step | upstairs | downstairs | uphill
stairs = climb | going up stairs | ascending stairs | descending stairs | walking up stairs
stairs = slope | ascend stairs | walking upstairs | incline | steps
squat = squat | crouch | deep squat | squatting down
run = run | jog | sprint
lift = lift | lifting | heavy lifting | carry
drive = drive | driving | car travel | driving a car
twist = twist | twisting | pivot | trunk rotation | lumbar rotation | turning
turn_bed = turning in bed | rolling over in bed | turning over in bed | roll over
turn_bed = turn over in bed | rolling in bed | turning over | bed mobility | turn in bed
unload = non weight bearing | nonweight bearing | non weightbearing
weight_bearing = weight bearing | weightbearing | weight bear | load bearing | bear weight
weight_bearing = loading | bearing weight | put weight | putting weight on | axial loading
exercise = exercise | sport | physical activity | training | athletic activity | exertion
exercise = work out
activity = activity | activities | effort
rest = rest | inactivity | immobility | immobilisation | resting
bed_rest = bed rest | bedrest
heel_walk = heel walk | heel walking | walk on heels | walking on heels | walk on the heels
heel_walk = heel gait | walk on his heels | walk on her heels | heel stand | standing on heels
heel_walk = stand on heels | walking on the heels | heel stance
toe_walk = toe walk | toe walking | walk on toes | tiptoe | walk on tiptoe | walking on tiptoe
toe_walk = walk on the toes | walk on tiptoes | stand on toes | standing on toes | tiptoe walking
toe_walk = walking on toes | tip toe | stand on tiptoe | toe stand | toe standing | toe gait
toe_walk = heel raise | heel rise | calf raise | single leg heel raise | single heel raise
toe_walk = toe raise | standing on tiptoe | walking on the toes | toe rise
sleep = sleep | asleep
cross_legs = crossing legs | crossed legs | leg crossing | crossing the legs
cross_legs = sitting cross legged
stride = long stride | stride | long steps | fast walking | striding
shoes = shoes and socks | putting on shoes | shoes | socks | putting on socks | tying shoes
kick = kick | kicking
cycle = cycle | cycling | bicycle | bicycling | bike | biking
jump = jump | hop
"""

#: May be missing from a phrase or stand in it too much: they carry no fact of their own.
OPTIONAL = """
sign test find finding joint muscle nerve exam examination physical clinical report describe note
show demonstrate reveal evidence feature symptom use intake therapy treatment history known
diagnosis patient study affected involved ipsilateral region distribution area aspect territory
assess measure record result imaging scan view film manoeuvre maneuver manual passive status
course taking took take prescribe medication medicine regimen drug tablet oral grade stage type
class symptomatic level case person appearance personal perform testing maneuvers assessment
evaluation any mention other overall associated today current present
"""

#: Optional for medicines and exposures, where any use is the finding.
DURATION = """
chronic long term prolong persistent regular ongoing continuous longstanding
"""

#: Mere emphasis: "no significant weakness" denies weakness.
HEDGES = """
significant obvious clear definite frank gross overt noticeable focal objective relevant
marked apparent real true new recent further additional subjective discernible demonstrable
"""

#: Qualify a finding without changing which it is; under a negation they do ("no severe pain").
QUALIFIERS = """
severe moderate mild slight chronic acute long term prolong persistent constant continuous
intermittent frequent occasional regular ongoing progressive gradual daily initial one unilateral
dull sharp stab burn shoot throb deep intense electric lancinate local localise diffuse vague
quite mainly mostly predominantly especially particularly primarily only also very more less too
still again then than even just mechanical radiographic radiologic small large mildly severely
strong several multiple various subtle consistent compatible keep line degree approximate some
muscle nerve spinal side sided episode bout attack time period onset year month week day hour
respectively relative total whole entire upper extent visible like such early late initially first
end terminal extreme mg od bd tds exquisite maximal point bony soft tissue body typical usual same
familiar concordant characteristic worker isolated worst start begin began develop
occur involve include combine
"""

STOP = """
a an the of in at to from by for as is are was were be been being has have had he she his her
their its it this that these those there which who whom where into onto over under about between
and s m x if so do does did due because since per via out up down off own each every all another
will would shall should him them they you your my our i we us get gets got make made makes t d
"""
