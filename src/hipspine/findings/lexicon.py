"""Words of clinical English that mean the same, as `one form = other | forms`.

Words in capitals are not content but say something about it: negation, normality, side,
certainty, time. Written by hand from common clinical usage; inflection and British or American
spelling need no entry (`spelling` removes them). Longer forms win over shorter ones.
"""

CUES = """
NO = no | not | never | denies | denied | deny | lack of | lacks | lacking | free of | free from
NO = no evidence of | negative for | no sign of | no longer | does not | did not | has not | nil
NO = no history of | no complaint of | no report of | nothing | not any
NO tender = nontender | non tender
NO radiat = nonradiating | non radiating | no radiation | without radiation
NEG pain = pain free | free of pain | painless | pain freely | no pain
NEG symptom = symptom free | asymptomatic | no symptoms
WITHOUT = without | in the absence of
NEG = negative | refuted | not present | not seen | not found | unlikely | not reproduced
ABSENT = absent | absence | missing | abolish | unobtainable | not obtainable | not elicitable
ABSENT = none | unelicitable | not palpable | impalpable | disappear
NORMAL = normal | intact | preserve | unremarkable | full | symmetric | symmetrical | wnl | nad
NORMAL = within normal limits | within the normal range | within normal range | in normal range
NORMAL = unimpaired | unrestricted | unlimited | maintained | able | able to | can | equal
NORMAL = satisfactory | physiologic | physiological | no abnormality | no abnormalities | free range
NORMAL = without abnormality | nothing abnormal | no abnormal findings | no pathology | no changes
NORMAL = no deficit | no deficits | no impairment | unaffected sensation | free and full | not weak
POS = positive | present | confirmed | found | seen | detected | yes | identified | evident
POSSIBLE = possible | probable | suspect | suspicious | suspicious for | suspicion of | questionable
POSSIBLE = likely | maybe | may be | may have | might | might be | presumed | presumptive | concern for
POSSIBLE = suggestive | suggestive of | suggest | suggests | cannot exclude
EQUIVOCAL = equivocal | borderline | indeterminate | inconclusive | uncertain | doubtful | unclear
RULEOUT = rule out | evaluate for | assess for | screen for | look for | differential diagnosis
FAMILY = family history of | family history | family | familial | father | mother | brother | sister
FAMILY = parent | sibling | first degree relative | grandfather | grandmother | paternal
FAMILY = maternal | daughter | son | uncle | aunt | cousin | hereditary
PAST = previous | prior | former | past | past history of | past history | remote | childhood | old
PAST = resolved | healed | in the past | previous history of | earlier | recovered
PAST = in childhood | as a child | in youth | formerly
LEFT = left | lt | l | left sided | left hand | left side | on the left
RIGHT = right | rt | r | right sided | right hand | right side | on the right
BOTH = bilateral | both | both sides | bilat | either side | two sided | on both sides | in both
OTHER = contralateral | opposite | other side | opposite side | contralateral side | on the other side
OTHER = other hip | other leg | uninvolved side | unaffected side | non affected side
WITH = on | with | during | when | while | upon | after | following
"""

STATES = """
low = reduce | decrease | diminish | low | lower | limit | limitation | restrict | restriction | loss
low = lost | lose | impair | impairment | deficit | depress | poor | decline | deficiency | subnormal
low = lessened | minimal | sluggish | loss of | lack of motion | deficient
high = raise | elevate | high | increase | excess | excessive | elevation | brisk | exaggerate | rise
dev = abnormal | abnormality | alter | alteration | asymmetric | asymmetry | change | disturb | problem
dev = disturbance | dysfunction | trouble with | symptom of | pathological | pathologic | aberrant
dev = disorder
unable = unable | unable to | inability | inability to | difficulty | difficult | fail to | failed to
unable = impossible | struggle | trouble | difficulty in | difficulty with | not able to | not possible
unable = not able | incapable
strength low = weak | weakness | paresis | paretic | plegia | paralysis | palsy | weaken | motor loss
strength low = motor deficit | loss of power | loss of strength | loss of motor | power loss
strength low = motor weakness | muscle weakness | reduced power | give way | buckle | muscular weakness
strength = strength | power | motor | motor function | motor power | motor strength | muscle strength
strength = muscle power | mrc | muscle testing | manual muscle testing | motor exam | myotome
strength = motor examination | myotomal
sensation low = numb | hypoesthesia | hypesthesia | anesthesia | hypalgesia | hypoalgesia | insensate
sensation low = sensory loss | sensory deficit | dead feeling | reduced pinprick | loss of feeling
sensation low = sensory impairment | no sensation | absent sensation | loss of sensation | deadness
sensation low = sensory disturbance | sensory change | sensory abnormality | sensory symptom
sensation low = sensory dysfunction | sensory alteration | altered sensation | dysesthesia
sensation = sensation | sensory | sensibility | light touch | pinprick | pin prick | feeling | touch
sensation = sensory function | sensory exam | sensory examination | dermatomal sensation
paresthesia = paresthesia | tingle | pins and needles | prickle | pricking | formication
reflex low = areflexia | hyporeflexia | hyporeflexic | areflexic
reflex high = hyperreflexia | hyperreflexic | clonus
reflex = reflex | jerk | deep tendon reflex | tendon reflex | dtr | stretch reflex
worse = worse | worsen | aggravate | exacerbate | provoke | reproduce | elicit | trigger | precipitate
worse = induce | bring on | brought on | intolerance | cannot tolerate | intolerant | exacerbation
worse = aggravation | provocation | increase with | increased with | increased by | increases with
worse = increasing with | unable tolerate | unable to tolerate | caused by | causes pain | cause pain
worse = flare | intensify | more painful | more pain | painful with | increased pain
relief = relief | relieve | ease | alleviate | better | improve | improvement | lessen | abate | respond
relief = response | responsive | palliate | ameliorate | subside | settle | resolve with | relieved
relief = resolve by | resolved with | resolved by | disappear with | disappear on | decrease with
relief = reduced by | reduced with | decreased by | decreased with | less with | less pain | vanish
relief = go away | goes away | gone with | diminished by | diminished with | reduce pain | benefit
relief = decreased when | disappears when | alleviation | analgesia | pain reduction | reduction in pain
relief = reduction of pain | mitigate | abolition | abolished by | abolished with | pain relief
NO worse = unaffected by | unchanged by | unchanged with | unaffected | independent of | irrespective of
NO worse = not affected by | unrelated to | not influenced by | regardless of | not related to
tender = tender | pain on palpation | painful to palpation | pain with palpation | palpation pain
tender = painful on palpation | pain to palpation | tender to palpation | tender on palpation
tender = sore to touch | sore on palpation | sore to palpation
tender = pain on pressure | pressure pain | painful to touch | tender to touch | palpation tender
tender = pain on pressing | painful palpation | tender point | point tender | pain upon palpation
tender = pain by palpation | pain on percussion palpation | pressure sensitivity | tender to pressure
pain = pain | painful | ache | aching | sore | discomfort | hurt | algia | dolor
lumbar pain = low back pain | lbp | lumbago | lumbalgia | lower back pain | backache | back ache
"""

ACTIVITIES = """
sit = sit | seated | sat | prolonged sitting | long sitting | sitting position | sit down | chair
rise = standing up | stand up | rising from sitting | rising from a chair | rising from chair | arise
rise = getting up from a chair | getting up from chair | sit to stand | rise from sitting | getting up
rise = rising from seat | rising from a seat | rising | rise from chair | arising from a chair | get up
rise = standing up from sitting | standing from sitting | standing from a seated position | stood up
rise = get up from chair | transition from sitting to standing | sitting to standing
rise = rising from a seated position | rising from seated position | standing up from a chair
stand = stand | stood | prolonged standing | standing still | static standing | upright | erect
walk = walk | ambulate | ambulation | prolonged walking | gait activity
recumbent = lie | lying | lay | laid | lying down | recumbent | supine | lying supine | recumbency
recumbent = lying flat | lie down | lie flat | lying on back | lying on the back | decubitus
recumbent = supine position | lying position | laying down | lying in bed | lying prone
side_lying = lying on the side | side lying | lying on side | lying on the affected side | lie on side
side_lying = sleeping on the side | sleeping on side | lying on the painful side | lateral decubitus
side_lying = sleeping on the affected side | lying on affected side | lying on painful side
side_lying = lateral recumbency | sleep on that side | lying on that side | side lying position
side_lying = lying on the symptomatic side | lying on it | sleeping on the painful side
side_lying = lying on the left side | lying on the right side | lying on left side | lie on affected side
side_lying = lying on right side | lie on the affected side | sleep on affected side | sidelying
cough = cough | sneeze | valsalva | valsalva maneuver | bear down | strain at stool | straining
cough = straining at stool | laugh | coughing or sneezing | coughing and sneezing | cough impulse
bending = bending forward | bend forward | bend | stoop | lean forward | leaning forward | forward bend
bending = forward flexion | lumbar flexion | trunk flexion | spinal flexion | flexion of the spine
bending = flexion of the lumbar spine | spine flexion | flexed forward | forward leaning | bent forward
bending = flexion of lumbar spine | back flexion | stooped posture | flexed posture | forward lean
arching = bending backward | lumbar extension | back extension | spinal extension | trunk extension
arching = extension of the lumbar spine | lean back | leaning backward | backward bend | hyperextension
arching = lumbar hyperextension | extension of the spine | extension of lumbar spine | lumbar arching
arching = leaning back | backward bending | spine extension | bending backwards | hyperextend
stairs = stair | stairs | climbing stairs | stair climbing | step | upstairs | downstairs | uphill
stairs = climb | going up stairs | ascending stairs | descending stairs | walking up stairs | slope
stairs = ascend stairs | walking upstairs | incline | steps
squat = squat | crouch | deep squat | squatting down
run = run | jog | sprint
lift = lift | lifting | heavy lifting | carry
drive = drive | driving | car travel | driving a car
twist = twist | twisting | pivot | trunk rotation | lumbar rotation | turning
turn_bed = turning in bed | rolling over in bed | turning over in bed | roll over | turn over in bed
turn_bed = rolling in bed | turning over | bed mobility | turn in bed
weight_bearing = weight bearing | weightbearing | weight bear | load bearing | bear weight | loading
weight_bearing = bearing weight | put weight | putting weight on | axial loading
exercise = exercise | sport | physical activity | training | athletic activity | exertion | work out
activity = activity | activities | effort
rest = rest | inactivity | immobility | immobilisation | resting
bed_rest = bed rest | bedrest
heel_walk = heel walk | heel walking | walk on heels | walking on heels | walk on the heels | heel gait
heel_walk = walk on his heels | walk on her heels | heel stand | standing on heels | stand on heels
heel_walk = walking on the heels | heel stance
toe_walk = toe walk | toe walking | walk on toes | tiptoe | walk on tiptoe | walking on tiptoe
toe_walk = walk on the toes | walk on tiptoes | stand on toes | standing on toes | tiptoe walking
toe_walk = walking on toes | tip toe | stand on tiptoe | toe stand | toe standing | toe gait
toe_walk = heel raise | heel rise | calf raise | single leg heel raise | single heel raise | toe raise
toe_walk = standing on tiptoe | walking on the toes | toe rise
sleep = sleep | asleep
cross_legs = crossing legs | crossed legs | leg crossing | crossing the legs | sitting cross legged
stride = long stride | stride | long steps | fast walking | striding
shoes = shoes and socks | putting on shoes | shoes | socks | putting on socks | tying shoes
kick = kick | kicking
jump = jump | hop
"""

#: May be missing from a phrase or stand in it too much: they carry no fact of their own.
OPTIONAL = """
sign test find finding exam examination physical clinical report describe note show demonstrate
reveal evidence feature symptom use intake therapy treatment history known diagnosis patient study
affected involved ipsilateral region distribution area aspect territory assess measure record result
imaging scan view film manoeuvre maneuver manual passive status territory course taking took
take prescribe medication medicine regimen drug tablet oral grade stage type class symptomatic level
case person level present_on appearance personal perform testing maneuvers assessment evaluation
any mention other overall associated today current present current mention provocation_test
""".split()

#: Optional for medicines and exposures, where any use is the finding.
DURATION = "chronic long term prolong persistent regular ongoing continuous longstanding".split()

#: Mere emphasis: "no significant weakness" denies weakness.
HEDGES = """
significant obvious clear definite frank gross overt noticeable focal objective evident relevant
marked apparent real true new recent further additional subjective discernible demonstrable
""".split()

#: Qualify a finding without changing which it is; under a negation they do ("no severe pain").
QUALIFIERS = """
severe moderate mild slight chronic acute long term prolong persistent constant continuous
intermittent frequent occasional regular ongoing progressive gradual daily initial one unilateral
dull sharp stab burn shoot throb deep intense electric lancinate local localise diffuse vague
quite mainly mostly predominantly especially particularly primarily only also very more less too
still again then than even just mechanical radiographic radiologic small large mildly severely
strong several multiple various subtle consistent compatible keep line degree approximate some
muscle joint nerve spinal side sided episode bout attack time period onset year month week day hour
respectively relative total whole entire upper extent visible like such early late initially first
end terminal extreme mg od bd tds exquisite maximal point bony soft tissue body left_over typical
usual same familiar concordant characteristic worker isolated increasing worst start begin began
develop occur extend involve include combine
""".split()

STOP = """
a an the of in at to from by for as is are was were be been being has have had he she his her their
its it this that these those there which who whom where into onto over under about between and
s m x if so do does did due because since per via out up down off own each every all
another will would shall should him them they you your my our i we us get gets got make made makes
t d
""".split()
